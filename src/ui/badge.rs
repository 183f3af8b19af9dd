//! Small marks with a meaning.

use leptos::prelude::*;

/// What a badge says by its colour; the text says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Positive,
    /// Nothing to say.
    Neutral,
    /// Something to look at.
    Warning,
}

/// Shows a short word with a dot in the colour of its meaning.
#[component]
pub fn Badge(
    /// What it means.
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let class = match tone {
        Tone::Positive => "badge badge--positive",
        Tone::Neutral => "badge badge--neutral",
        Tone::Warning => "badge badge--warning",
    };
    view! { <span class=class>{text}</span> }
}
