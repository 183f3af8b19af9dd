//! Attributes that stay as the server wrote them when the browser takes a page over.
//!
//! One whose name Leptos does not know for its element is set again, which lays out anew what depends on it: the drawing
//! of every icon, the label of every cell.

use leptos::attr::{Attr, AttributeKey, Href, href};

/// The key of [`data_label`].
#[derive(Clone, Copy)]
pub struct DataLabel;

impl AttributeKey for DataLabel {
    const KEY: &'static str = "data-label";
}

/// What a cell is called where its row is a card.
pub fn data_label(label: &'static str) -> Attr<DataLabel, &'static str> {
    Attr(DataLabel, label)
}

/// The symbol that a `<use>` draws.
pub fn symbol(name: &str) -> Attr<Href, String> {
    href(format!("/icons.svg#{name}"))
}
