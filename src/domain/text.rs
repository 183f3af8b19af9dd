//! Text as people type it, cleaned, and the keys that sort and find it.

mod unicode;

pub use unicode::is_mark;
use unicode::{compatible, composed, without_marks};

/// What ends a line, besides `\r\n`.
const LINE_BREAKS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

/// Returns a line of text in NFC, without invisible characters, with single spaces and trimmed.
pub fn clean(raw: &str) -> String {
    // Composed last: an invisible character may stand between a letter and its mark.
    let visible: String = raw.chars().filter_map(visible).collect();
    composed(&visible).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns text like [`clean`], with its line breaks kept as `\n` and at most one empty line between two others.
pub fn clean_lines(raw: &str) -> String {
    let broken = raw.replace("\r\n", "\n");
    let mut lines: Vec<String> = broken.split(LINE_BREAKS).map(clean).collect();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Returns the key by which names sort and are found: no case, no diacritics, letters of other alphabets kept.
pub fn fold(raw: &str) -> String {
    if raw.is_ascii() {
        return clean(&raw.to_ascii_lowercase().replace('`', "'"));
    }
    let folded = without_marks(&clean(raw))
        .chars()
        .flat_map(fold_case)
        .flat_map(plain_letter)
        .collect::<String>();
    // Folding may leave marks that only now stand alone, and spaces that compatibility forms were made of.
    clean(&folded.chars().filter(|letter| !is_mark(*letter)).collect::<String>())
}

/// Returns the key of a text that is no phone number: NFKC, nothing invisible, single spaces, no case.
pub fn key(raw: &str) -> String {
    let folded: String = compatible(&clean(raw)).chars().flat_map(fold_case).collect();
    clean(&compatible(&folded))
}

/// Folds case letter by letter, so that Σ does not depend on its place.
///
/// By way of upper case, which makes SS of ß and S of ſ; ẞ becomes ß first, for it is upper case already.
fn fold_case(letter: char) -> impl Iterator<Item = char> {
    letter
        .to_lowercase()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
}

/// Spells letters that have no decomposition as the ones people type in their place.
fn plain_letter(letter: char) -> impl Iterator<Item = char> {
    let plain = match letter {
        'ɓ' => "b",
        'ɗ' | 'đ' | 'ð' | 'ɖ' => "d",
        'ƒ' => "f",
        'ɣ' => "g",
        'ƙ' => "k",
        'ŧ' => "t",
        'ʋ' => "v",
        'ƴ' => "y",
        'ɛ' | 'ǝ' | 'ə' => "e",
        'ɔ' | 'ø' => "o",
        'ŋ' => "n",
        'ł' => "l",
        'ı' | 'ɩ' => "i",
        'ʊ' => "u",
        'ħ' => "h",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        'ʼ' | '’' | 'ʻ' | '‘' | '`' => "'",
        _ => "",
    };
    let own = plain.is_empty().then_some(letter);
    own.into_iter().chain(plain.chars())
}

/// Drops what has no shape and may reorder or hide what has; spaces of every kind become the plain one.
fn visible(letter: char) -> Option<char> {
    match letter {
        _ if letter.is_whitespace() => Some(' '),
        _ if letter.is_control() => None,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => None,
        _ => Some(letter),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn names_of_every_spelling_fold_to_one_key() {
        for spelling in [
            "Ọláyínká",
            "OLAYINKA",
            "ọláyínká",
            "Ola\u{200b}yinka",
            " olayinka ",
            "O\u{323}la\u{301}yi\u{301}nka\u{301}",
        ] {
            assert_eq!(fold(spelling), "olayinka", "{spelling:?}");
        }
        assert_eq!(fold("Ɗanjuma Ƙasim"), "danjuma kasim");
        assert_eq!(fold("Ṣadé  STRAẞE"), "sade strasse");
        assert_eq!(fold("Ɖzifa Ƒeɖe Ʋu"), "dzifa fede vu");
        assert_eq!(
            fold("Łukasz Ødegård Æsir Œuvre Iı İ"),
            "lukasz odegard aesir oeuvre ii i"
        );
        assert_eq!(fold("N’Golo"), fold("n'golo"));
        assert_eq!(fold("محمد"), "محمد");
        assert_eq!(fold("مُحَمَّد"), "محمد");
    }

    #[test]
    fn invisible_characters_and_double_spaces_leave_names() {
        assert_eq!(clean("ADEBAYO  OKAFOR"), "ADEBAYO OKAFOR");
        assert_eq!(clean("\u{202e}Ada\u{0}\t Obi\u{feff}\n"), "Ada Obi");
        assert_eq!(clean("Ade\u{301}"), "Adé");
        assert_eq!(clean("a\u{200b}\u{301}"), "á");
        assert_eq!(clean("\u{2800}"), "");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(
            clean_lines("Coal Camp\r\nBehind  the market\n\n"),
            "Coal Camp\nBehind the market"
        );
        assert_eq!(
            clean_lines("\r\n One \r two\u{2028}\n\u{200b}\n\nthree"),
            "One\ntwo\n\nthree"
        );
        assert_eq!(clean_lines(" \n\t\n"), "");
    }

    #[test]
    fn texts_that_look_alike_have_one_key() {
        assert_eq!(key("Call Me "), "call me");
        assert_eq!(key("ＣＡＬＬ\u{a0}me"), "call me");
        assert_eq!(key("\u{200b}"), "");
    }

    /// Texts with much in them that folds, composes, or is not seen.
    fn tricky() -> impl Strategy<Value = String> {
        let letters = prop::sample::select(
            "aAiIıİßẞſΣςσŉǰΐﬁ½ＡⅣẹọṣƊɓ각가\u{1100}\u{1161}'’ʼ"
                .chars()
                .collect::<Vec<_>>(),
        );
        let marks = prop::sample::select(
            "\u{300}\u{301}\u{323}\u{345}\u{200b}\u{200d}\u{ad}\u{202e}\u{feff}\u{fe0f} \u{a0}\u{2003}\t\r\n"
                .chars()
                .collect::<Vec<_>>(),
        );
        let any = prop::collection::vec(prop_oneof![letters, marks, any::<char>()], 0..12);
        any.prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn cleaning_and_folding_twice_is_doing_it_once(raw in tricky()) {
            let cleaned = clean(&raw);
            prop_assert_eq!(clean(&cleaned), cleaned.clone());
            prop_assert_eq!(clean_lines(&clean_lines(&raw)), clean_lines(&raw));
            prop_assert_eq!(fold(&fold(&raw)), fold(&raw));
            prop_assert_eq!(key(&key(&raw)), key(&raw));
        }

        #[test]
        fn what_is_clean_has_no_control_and_no_space_to_spare(raw in tricky()) {
            let cleaned = clean(&raw);
            prop_assert!(!cleaned.chars().any(char::is_control));
            prop_assert!(cleaned.trim() == cleaned && !cleaned.contains("  "));
            let lines = clean_lines(&raw);
            prop_assert!(lines.split('\n').all(|line| line == clean(line)) && !lines.contains("\n\n\n"));
        }

        #[test]
        fn one_line_is_cleaned_alike_by_both(raw in "[ a-zé\u{301}\u{200b}\t]{0,20}") {
            prop_assert_eq!(clean_lines(&raw), clean(&raw));
        }

        #[test]
        fn names_that_look_alike_have_one_key(raw in tricky()) {
            let decomposed: String = clean(&raw).nfd().collect();
            prop_assert_eq!(fold(&decomposed), fold(&raw));
            prop_assert_eq!(key(&decomposed), key(&raw));
        }

        #[test]
        fn case_does_not_matter(raw in "[a-zA-ZáéíóúẹọṣńǹÀÈÌÒÙẸỌṢ ]{0,30}") {
            prop_assert_eq!(fold(&raw.to_uppercase()), fold(&raw));
            prop_assert_eq!(key(&raw.to_uppercase()), key(&raw.to_lowercase()));
        }
    }
}
