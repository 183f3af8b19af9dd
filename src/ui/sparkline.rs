//! A line that shows where a number came from, without axes.

use leptos::prelude::*;

/// The width of the drawing, in its own units; the stylesheet stretches it.
const WIDTH: f64 = 100.0;
/// Its height.
const HEIGHT: f64 = 28.0;
/// What is left free above and below, so that the stroke is not cut.
const MARGIN: f64 = 2.0;

/// Draws values as a line over a soft ground; says nothing that is not said in words beside it.
#[component]
pub fn Sparkline(
    /// The values, the oldest first; fewer than two make no line.
    values: Vec<f64>,
) -> impl IntoView {
    (values.len() > 1).then(|| {
        let line = points(&values);
        let area = format!("0,{HEIGHT} {line} {WIDTH},{HEIGHT}");
        view! {
            <svg class="sparkline" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
                <polygon class="sparkline__area" points=area></polygon>
                <polyline class="sparkline__line" points=line></polyline>
            </svg>
        }
    })
}

/// Returns the points of a line through the values, stretched to the drawing; equal values run through its middle.
fn points(values: &[f64]) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    #[expect(clippy::cast_precision_loss, reason = "a line has a few dozen points")]
    let step = WIDTH / (values.len().max(2) - 1) as f64;
    let height = |value: f64| {
        let share = if most > least {
            (value - least) / (most - least)
        } else {
            0.5
        };
        HEIGHT - MARGIN - share * (HEIGHT - 2.0 * MARGIN)
    };
    let mut at = 0.0;
    let mut out = Vec::with_capacity(values.len());
    for value in values {
        out.push(format!("{at:.1},{:.1}", height(*value)));
        at += step;
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn a_line_fills_its_drawing() {
        assert_eq!(points(&[1.0, 3.0, 2.0]), "0.0,26.0 50.0,2.0 100.0,14.0");
    }

    #[test]
    fn equal_values_run_through_the_middle() {
        assert_eq!(points(&[5.0, 5.0]), "0.0,14.0 100.0,14.0");
    }
}
