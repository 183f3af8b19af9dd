//! What kept texts say of a person, without what they say of others.

use serde::Deserialize;
use serde_json::Value;

use crate::domain::customer_query::CustomerQuery;
use crate::domain::import::{SAID_BETWEEN, Sample};
use crate::server::store::erasure::{MARK, Mentions};

/// What of a row is about somebody: rows that say it and nothing else.
pub(super) type Picked = fn(&[String], &Mentions) -> Vec<Vec<String>>;

/// What is kept of a file before it comes in, as far as it may name somebody.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    first: Vec<String>,
    samples: Vec<Sample>,
}

/// Tells whether some texts that belong together are about a person: they mention them, and no number of anybody else
/// says that it is another of the same name.
fn are_about<'a>(mentions: &Mentions, texts: impl Iterator<Item = &'a str> + Clone) -> bool {
    let theirs = |text| mentions.are_theirs(text);
    texts.clone().any(theirs)
        || (texts.clone().any(|text| mentions.are_in(text)) && !texts.clone().any(|text| mentions.are_strangers(text)))
}

/// The rows of a part of a report that name a person, one by one.
pub(super) fn refused(row: &[String], mentions: &Mentions) -> Vec<Vec<String>> {
    let [import, part] = row else { return Vec::new() };
    let begins = part.starts_with(MARK);
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(part.as_bytes());
    // What the columns are called is about nobody.
    let rows = rows.records().skip(usize::from(begins)).filter_map(Result::ok);
    rows.filter(|row| are_about(mentions, row.iter()))
        .map(|row| vec![import.clone(), row.iter().collect::<Vec<_>>().join(", ")])
        .collect()
}

/// What an answer says of a person: the smallest parts of it that do.
pub(super) fn answered(row: &[String], mentions: &Mentions) -> Vec<Vec<String>> {
    let [request, body] = row else { return Vec::new() };
    let answer: Value = serde_json::from_str(body).unwrap_or_default();
    let said = about(&answer, mentions)
        .into_iter()
        .map(|part| vec![request.clone(), part.to_string()]);
    said.collect()
}

/// The objects of an answer that are about a person, without those around them.
fn about<'a>(value: &'a Value, mentions: &Mentions) -> Vec<&'a Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(|value| about(value, mentions)).collect(),
        Value::Object(fields) => {
            let texts = fields.values().filter_map(Value::as_str);
            if are_about(mentions, texts) {
                return vec![value];
            }
            fields.values().flat_map(|value| about(value, mentions)).collect()
        }
        _ => Vec::new(),
    }
}

/// A view that searches for a person, or is called after them.
pub(super) fn searching(row: &[String], mentions: &Mentions) -> Vec<Vec<String>> {
    let [name, query] = row else { return Vec::new() };
    let theirs = mentions.are_in(name) || mentions.are_sought(&CustomerQuery::parse(query).search);
    theirs.then(|| row.to_vec()).into_iter().collect()
}

/// The rows of a file that are shown before it comes in, those that name a person.
pub(super) fn shown(row: &[String], mentions: &Mentions) -> Vec<Vec<String>> {
    let [file, samples] = row else { return Vec::new() };
    let looked: Kept = serde_json::from_str(samples).unwrap_or_default();
    let mut rows: Vec<String> = Vec::new();
    if are_about(mentions, looked.first.iter().map(String::as_str)) {
        rows.push(looked.first.join(", "));
    }
    for sample in &looked.samples {
        let said = sample.said.split(SAID_BETWEEN).chain([sample.number.as_str()]);
        if are_about(mentions, said) {
            rows.push(format!("{}, {}", sample.number, sample.said));
        }
    }
    if rows.is_empty() && mentions.are_in(file) {
        rows.push(String::new());
    }
    rows.into_iter().map(|row| vec![file.clone(), row]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Mentions {
        let owned = |text: &str| vec![text.to_owned()];
        Mentions::new(&owned("+2348031234567"), &owned("Ada"), &owned("A1"))
    }

    fn row(first: &str, second: &str) -> Vec<String> {
        vec![first.to_owned(), second.to_owned()]
    }

    #[test]
    fn of_an_answer_only_their_part_is_theirs() {
        let body = r#"{"result":"created","orders":[{"number":"A1","errors":[]},{"number":"A2","errors":[]}]}"#;
        let parts = answered(&row("k", body), &ada());
        assert_eq!(parts, [row("k", r#"{"errors":[],"number":"A1"}"#)]);
        let another = r#"{"order":{"name":"Ada","phone":"+2347065550001"}}"#;
        assert!(answered(&row("k", another), &ada()).is_empty(), "another Ada");
    }

    #[test]
    fn of_a_file_only_their_rows_are_theirs() {
        let report = "\u{feff}Line,Ada\n2,Ada,0803 123 456\n3,Ada,0706 555 0001\n4,Adaeze,twelve\n";
        assert_eq!(refused(&row("7", report), &ada()), [row("7", "2, Ada, 0803 123 456")]);
        let looked = r#"{"headers":["Ada"],"first":["Ben","0706 555 0001"],"columns":[],"samples":[
            {"kind":"new","line":0,"number":"Z1","said":"1 Oct 2026 · Ada · 0803 123 4567"},
            {"kind":"new","line":0,"number":"Z2","said":"1 Oct 2026 · Adaeze · 0706 555 0001"}]}"#;
        let expected = row("f.csv", "Z1, 1 Oct 2026 · Ada · 0803 123 4567");
        assert_eq!(shown(&row("f.csv", looked), &ada()), [expected]);
    }
}
