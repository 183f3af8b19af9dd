//! The four segments: how many customers and what they come to; pressed, they filter the list.

use leptos::prelude::*;

use crate::domain::customer_query::CustomerQuery;
use crate::domain::period::Period;
use crate::domain::segment::Segment;
use crate::domain::stats::{AtRisk, SegmentTotals, grouped};
use crate::paths;
use crate::ui::icon::Icon;

/// What a segment's card says.
struct Said {
    /// Its symbol.
    icon: &'static str,
    /// Its name for the stylesheet.
    class: &'static str,
    /// How many customers.
    customers: i64,
    /// What they come to.
    note: String,
    /// What takes the note's place on hover and focus.
    more: Option<String>,
}

/// Shows the segments as links that set and unset the filter.
#[component]
pub fn SegmentCards(
    /// What the segments come to.
    totals: SegmentTotals,
    /// What is shown now.
    query: CustomerQuery,
) -> impl IntoView {
    let card = |segment: Segment| {
        let Said {
            icon,
            class,
            customers,
            note,
            more,
        } = said(segment, &totals);
        let set = query.segment == Some(segment);
        let class = format!("segment-card segment-card--{class}");
        let has_more = more.is_some();
        view! {
            <li>
                <a
                    class=class
                    class:segment-card--more=has_more
                    href=paths::customers(&pressed(&query, segment))
                    aria-current=set.then_some("true")
                    data-noscroll=""
                >
                    <Icon name=icon />
                    <span class="segment-card__label">{segment.label()}</span>
                    " "
                    <span class="segment-card__count">{grouped(customers)}</span>
                    " "
                    <span class="segment-card__note">{note}</span>
                    {more.map(|more| view! { " " <span class="segment-card__more">{more}</span> })}
                </a>
            </li>
        }
    };
    view! {
        <section class="segments" aria-label="Segments">
            <ul class="segment-cards">{Segment::ALL.into_iter().map(card).collect_view()}</ul>
            <p class="segments__note">"Segments overlap: one customer may be in several. Press one to see who is in it."</p>
        </section>
    }
    .into_any()
}

/// Returns the query once a card is pressed; those at risk are of all time.
fn pressed(query: &CustomerQuery, segment: Segment) -> CustomerQuery {
    query.with(|query| {
        if query.segment == Some(segment) {
            query.segment = None;
            return;
        }
        query.segment = Some(segment);
        if segment == Segment::AtRisk {
            query.period = Period::All;
        }
    })
}

fn said(segment: Segment, totals: &SegmentTotals) -> Said {
    let (icon, class, total, what) = match segment {
        Segment::Vip => ("star", "vip", totals.vip, "lifetime value"),
        Segment::Repeat => ("repeat", "repeat", totals.repeat, "lifetime value"),
        Segment::OneTime => ("user", "one-time", totals.one_time, "with one more order each"),
        Segment::AtRisk => return at_risk(totals.at_risk),
    };
    Said {
        icon,
        class,
        customers: total.customers,
        note: format!("{} {what}", total.ltv.compact()),
        more: None,
    }
}

fn at_risk(total: AtRisk) -> Said {
    let (note, more) = if total.customers == 0 {
        ("all have ordered lately".to_owned(), None)
    } else {
        let more = format!(
            "newest {}, oldest {} days",
            grouped(total.newest_days),
            grouped(total.oldest_days)
        );
        (
            format!("median {} days since the last order", grouped(total.median_days)),
            Some(more),
        )
    };
    Said {
        icon: "alert-triangle",
        class: "at-risk",
        customers: total.customers,
        note,
        more,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_sets_its_filter_and_pressed_again_unsets_it() {
        let query = CustomerQuery::parse("period=month&q=ade&page=3");
        let vip = pressed(&query, Segment::Vip);
        assert_eq!(vip.to_query_string(), "period=month&q=ade&segment=vip");
        assert_eq!(pressed(&vip, Segment::Vip).to_query_string(), "period=month&q=ade");
    }

    #[test]
    fn those_at_risk_are_of_all_time() {
        let query = CustomerQuery::parse("period=month&segment=vip");
        assert_eq!(pressed(&query, Segment::AtRisk).to_query_string(), "segment=at_risk");
    }
}
