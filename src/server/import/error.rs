//! Why a file cannot be read at all, in sentences for the person who chose it.

use std::io;

/// The reason why no row of a file can be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Nothing is at the path.
    #[error("There is no file {0}.")]
    NotFound(String),
    /// The path leads to a folder or a device.
    #[error("{0} is not a file.")]
    NotAFile(String),
    /// The operating system refused to read it.
    #[error("The file cannot be read: {0}.")]
    Unreadable(#[from] io::Error),
    /// No row is in it, not even a header.
    #[error("The file is empty.")]
    Empty,
    /// It is a workbook, an archive, a picture or the like.
    #[error("This is {0}, not a CSV file. Open it in a spreadsheet program, save it as CSV, and import that file.")]
    WrongType(&'static str),
    /// Its bytes are no text in an encoding that is known here.
    #[error(
        "This is not a text file, or its encoding is not known. Save it as \"CSV UTF-8\" in a spreadsheet program."
    )]
    UnknownEncoding,
    /// The first row is malformed or too large.
    #[error("The first row, which should name the columns, cannot be read. {0}")]
    BrokenHeader(String),
    /// Columns that an order cannot do without are not there.
    #[error("The file has no column for {}. {}", list(.missing, "or"), found(.headers))]
    MissingColumns {
        /// What is missing, as the reader would call it.
        missing: Vec<&'static str>,
        /// The names in the first row.
        headers: Vec<String>,
    },
}

/// Joins words as a sentence does.
fn list(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [only] => format!("the {only}"),
        [first @ .., end] => format!("the {} {last} the {end}", first.join(", the ")),
    }
}

/// Says which columns are there.
fn found(headers: &[String]) -> String {
    /// More names than this do not help anybody.
    const SHOWN: usize = 40;
    let named: Vec<String> = headers
        .iter()
        .filter(|header| !header.is_empty())
        .take(SHOWN)
        .map(|header| super::problem::shorten(header))
        .collect();
    if named.is_empty() {
        return "Its first row names no columns.".to_owned();
    }
    format!("Its columns are: {}.", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::OpenError;

    #[test]
    fn missing_columns_are_named_beside_those_found() {
        let error = OpenError::MissingColumns {
            missing: vec!["date", "phone", "amount"],
            headers: vec!["Order".to_owned(), String::new(), "When".to_owned()],
        };
        let expected = "The file has no column for the date, the phone or the amount. Its columns are: Order, When.";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_header_without_names_is_said_to_have_none() {
        let error = OpenError::MissingColumns {
            missing: vec!["phone"],
            headers: vec![String::new()],
        };
        let expected = "The file has no column for the phone. Its first row names no columns.";
        assert_eq!(error.to_string(), expected);
    }
}
