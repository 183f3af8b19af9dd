//! A card with one figure, where it has gone, and the line that led there.

use leptos::prelude::*;

use super::icon::Icon;
use super::sparkline::Sparkline;
use crate::domain::stats::{Figure, Measure, Trend};

/// Shows a figure; both numbers of its trend appear on hover and focus.
#[component]
pub fn StatCard(
    /// What the figure is.
    label: &'static str,
    /// The figure.
    figure: Figure,
    /// What it is compared with, in words.
    compared: String,
    /// What belongs beside it: what narrows it down, or another number.
    note: Option<String>,
    /// What else there is to know, on hover and focus.
    more: Option<String>,
) -> impl IntoView {
    let (direction, icon, word) = trend_in_words(&figure);
    let class = format!("stat-card stat-card--{direction}");
    let against = format!("vs {}", compared.strip_prefix("as it stood ").unwrap_or(&compared));
    let mut both = format!("Now {}; {compared}: {}.", figure.now, figure.before);
    if let Some(more) = more {
        both = format!("{both} {more}.");
    }
    let title = both.clone();
    view! {
        <li class=class>
            <h2 class="stat-card__label">{label}</h2>
            <p class="stat-card__value">
                {figure.now.to_string()}
                {note.map(|note| view! { " " <span class="stat-card__note">{note}</span> })}
            </p>
            <p class="stat-card__trend hint" tabindex="0" title=title>
                <span class="stat-card__change">
                    <Icon name=icon />
                    {word}
                </span>
                " "
                <span class="stat-card__against" aria-hidden="true">{against}</span>
                <span class="visually-hidden">{both}</span>
            </p>
            <Sparkline values=figure.line.iter().map(|value| value.value()).collect() />
        </li>
    }
    .into_any()
}

/// Returns a trend's direction for the stylesheet, its arrow and its words.
fn trend_in_words(figure: &Figure) -> (&'static str, &'static str, String) {
    let share = matches!(figure.now, Measure::Share { .. });
    match figure.trend() {
        Trend::New => ("up", "arrow-up", "New".to_owned()),
        Trend::Same => ("same", "minus", "No change".to_owned()),
        Trend::Unknown => ("same", "minus", "Nothing to compare".to_owned()),
        Trend::Changed(tenths) if tenths > 0 => ("up", "arrow-up", format!("Up {}", amount(tenths, share))),
        Trend::Changed(tenths) => ("down", "arrow-down", format!("Down {}", amount(-tenths, share))),
    }
}

/// Returns tenths of a percent or of a point as people read them: `8.3 %`, `120 %`, `1.1 points`.
fn amount(tenths: i64, share: bool) -> String {
    let unit = match (share, tenths) {
        (false, _) => "%",
        (true, 10) => "point",
        (true, _) => "points",
    };
    let (whole, rest) = (tenths / 10, tenths % 10);
    if rest == 0 || whole >= 100 {
        format!("{whole} {unit}")
    } else {
        format!("{whole}.{rest} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(before: Measure, now: Measure) -> String {
        let line = Vec::new();
        trend_in_words(&Figure { now, before, line }).2
    }

    #[test]
    fn a_trend_is_said_in_words() {
        let count = |before, now| words(Measure::Count(before), Measure::Count(now));
        assert_eq!(count(1_189, 1_284), "Up 8 %");
        assert_eq!(count(3, 4), "Up 33.3 %");
        assert_eq!(count(4, 3), "Down 25 %");
        assert_eq!(count(0, 4), "New");
        assert_eq!(count(4, 4), "No change");
        assert_eq!(count(3, 40), "Up 1233 %");
        let share = |before, now| {
            let of_1000 = |part| Measure::Share { part, whole: 1_000 };
            words(of_1000(before), of_1000(now))
        };
        assert_eq!(
            (share(363, 374), share(374, 364)),
            ("Up 1.1 points".to_owned(), "Down 1 point".to_owned())
        );
    }
}
