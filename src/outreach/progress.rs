//! How far a queue has got.

use leptos::prelude::*;

use crate::domain::queue::Progress;
use crate::domain::stats::grouped;

/// Shows how many are done, as a bar and in words.
#[component]
pub fn ProgressBar(
    /// How far it has got.
    progress: Progress,
) -> impl IntoView {
    let words = said(&progress);
    view! {
        <div class="queue-progress">
            <progress max=progress.total.to_string() value=progress.done.to_string() aria-label="Done"></progress>
            <p class="queue-progress__words">{words}</p>
        </div>
    }
    .into_any()
}

/// Says it: `12 of 40 done · 3 to try again, next Thu 3 Dec · 2 with others`.
fn said(progress: &Progress) -> String {
    let mut parts = vec![format!(
        "{} of {} done",
        grouped(progress.done),
        grouped(progress.total)
    )];
    if let (later @ 1.., Some(day)) = (progress.later, &progress.next_day) {
        parts.push(format!("{} to try again, next {day}", grouped(later)));
    }
    if progress.with_others > 0 {
        parts.push(format!("{} with others", grouped(progress.with_others)));
    }
    parts.join(" · ")
}

/// Says what came of it so far: `Reached 12 · Order placed 4`.
pub fn outcomes(progress: &Progress) -> String {
    let parts = progress.outcomes.iter();
    let parts = parts.map(|(outcome, count)| format!("{} {}", outcome.label(), grouped(*count)));
    parts.collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::queue::Outcome;

    #[test]
    fn how_far_it_has_got_is_said_in_one_line() {
        let mut progress = Progress {
            total: 1_040,
            ..Progress::default()
        };
        assert_eq!(
            (said(&progress).as_str(), outcomes(&progress).as_str()),
            ("0 of 1,040 done", "")
        );
        progress = Progress {
            done: 12,
            later: 3,
            with_others: 2,
            next_day: Some("Thu 3 Dec".to_owned()),
            outcomes: vec![(Outcome::Reached, 12), (Outcome::NoAnswer, 3)],
            ..progress
        };
        assert_eq!(
            said(&progress),
            "12 of 1,040 done · 3 to try again, next Thu 3 Dec · 2 with others"
        );
        assert_eq!(outcomes(&progress), "Reached 12 · No answer 3");
    }
}
