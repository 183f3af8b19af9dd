//! Small marks with a meaning.

use leptos::prelude::*;

use crate::domain::segment::Segment;

/// What a badge says by its colour; the text says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// All is well.
    Positive,
    /// Nothing to say.
    Neutral,
    /// Something to look at.
    Warning,
    /// On its way.
    Info,
    /// Lost.
    Danger,
    /// A kind of customer.
    Segment(Segment),
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
        Tone::Info => "badge badge--info",
        Tone::Danger => "badge badge--danger",
        Tone::Segment(Segment::Vip) => "badge badge--vip",
        Tone::Segment(Segment::Repeat) => "badge badge--repeat",
        Tone::Segment(Segment::OneTime) => "badge badge--one-time",
        Tone::Segment(Segment::AtRisk) => "badge badge--at-risk",
    };
    view! { <span class=class>{text}</span> }
}
