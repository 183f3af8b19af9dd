//! Attributes that stay as the server wrote them when the browser takes a page over.
//!
//! One whose name Leptos does not know for its element is set again, which lays out anew what depends on it: the square
//! of every icon, the label of every cell.

use leptos::attr::{Attr, AttributeKey};

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

/// The key of [`view_box`].
#[derive(Clone, Copy)]
pub struct ViewBox;

impl AttributeKey for ViewBox {
    const KEY: &'static str = "viewBox";
}

/// The square that a drawing fills.
pub fn view_box(square: &'static str) -> Attr<ViewBox, &'static str> {
    Attr(ViewBox, square)
}
