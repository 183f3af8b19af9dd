//! What may be chosen of the orders, and what of it is set.

use leptos::prelude::*;

use crate::domain::customer::Customer;
use crate::domain::order_list::shown_name;
use crate::domain::order_query::OrderQuery;
use crate::domain::source::Source;
use crate::domain::stats::{grouped, orders_in_words};
use crate::domain::status::Status;
use crate::paths;
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;

/// Something to choose: its name, whether it is chosen, and the page with it, or where it is chosen, without it.
struct Choice {
    label: &'static str,
    set: bool,
    href: String,
}

/// Something that is set: its name, what more there is to say, and the query without it.
struct Chip {
    label: String,
    note: Option<String>,
    without: OrderQuery,
}

/// Offers status and source, a menu of links each.
#[component]
pub fn OrderFilters(
    /// What is shown now.
    query: OrderQuery,
) -> impl IntoView {
    let statuses = Status::ALL.map(|status| {
        let set = query.status == Some(status);
        let to = query.with(|query| query.status = (!set).then_some(status));
        Choice {
            label: status.label(),
            set,
            href: paths::orders(&to),
        }
    });
    let sources = Source::ALL.map(|source| {
        let set = query.source == Some(source);
        let to = query.with(|query| query.source = (!set).then_some(source));
        Choice {
            label: source.label(),
            set,
            href: paths::orders(&to),
        }
    });
    view! {
        <ul class="order-filters" aria-label="Filters">
            <li><ChoiceMenu label="Status" choices=statuses.into() /></li>
            <li><ChoiceMenu label="Source" choices=sources.into() /></li>
        </ul>
    }
    .into_any()
}

#[component]
fn ChoiceMenu(label: &'static str, choices: Vec<Choice>) -> impl IntoView {
    let chosen = choices.iter().find(|choice| choice.set).map(|choice| choice.label);
    let title = chosen.map_or_else(|| label.to_owned(), |chosen| format!("{label}: {chosen}"));
    let link = |choice: Choice| {
        view! {
            <li>
                <a
                    class="menu__item choice"
                    href=choice.href
                    aria-current=choice.set.then_some("true")
                    data-noscroll=""
                >
                    <span class="choice__label">{choice.label}</span>
                    <Icon name="check" />
                </a>
            </li>
        }
    };
    view! {
        <Menu label=title set=chosen.is_some() class="filter">
            <ul class="choices">{choices.into_iter().map(link).collect_view()}</ul>
        </Menu>
    }
    .into_any()
}

/// Shows what is set, each removable, and how many orders that leaves.
#[component]
pub fn OrderChips(
    /// What is shown now.
    query: OrderQuery,
    /// Whose orders were asked for, where that is known.
    customer: Option<Customer>,
    /// How many orders there are.
    of: i64,
    /// How many of them are shown.
    shown: i64,
) -> impl IntoView {
    let set = set(&query, customer.as_ref());
    let line = counts_in_words(of, shown);
    let clear = (set.len() > 1).then(|| {
        let href = paths::orders(&query.without_filters());
        view! { <a class="chips__clear" href=href data-noscroll="">"Clear all"</a> }
    });
    let chip = |chip: Chip| {
        view! {
            <a class="chip" href=paths::orders(&chip.without) data-noscroll="">
                <span class="visually-hidden">"Remove "</span>
                <span>
                    <bdi>{chip.label}</bdi>
                    {chip.note.map(|note| view! { " " <span class="chip__note">{note}</span> })}
                </span>
                <Icon name="x" />
            </a>
        }
    };
    view! {
        <div class="chips">
            {set.into_iter().map(chip).collect_view()}
            {clear}
            <p class="chips__count">{line}</p>
        </div>
    }
    .into_any()
}

/// Returns a chip for each thing that is set.
fn set(query: &OrderQuery, customer: Option<&Customer>) -> Vec<Chip> {
    let whose = query.customer.as_ref().map(|phone| {
        let name = customer.map(|customer| shown_name(&customer.name).to_owned());
        Chip {
            label: name.unwrap_or_else(|| phone.display()),
            note: customer.map(figures),
            without: query.with(|query| query.customer = None),
        }
    });
    let status = query.status.map(|status| Chip {
        label: status.label().to_owned(),
        note: None,
        without: query.with(|query| query.status = None),
    });
    let source = query.source.map(|source| Chip {
        label: source.label().to_owned(),
        note: None,
        without: query.with(|query| query.source = None),
    });
    [whose, status, source].into_iter().flatten().collect()
}

/// Says what a customer came to.
fn figures(customer: &Customer) -> String {
    let orders = orders_in_words(customer.orders());
    let lost = (customer.lost_orders > 0).then(|| format!("{} lost", grouped(customer.lost_orders)));
    let parts = [Some(orders), lost, Some(customer.spent().to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn counts_in_words(of: i64, shown: i64) -> String {
    format!("{} → {}", grouped(of), orders_in_words(shown))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::money::Money;
    use crate::domain::phone::Phone;

    fn ada() -> Customer {
        Customer {
            id: 1,
            phone: Phone::e164("+2348031234567").unwrap(),
            name: "Ada".to_owned(),
            whatsapp: None,
            earned_orders: 1_200,
            open_orders: 1,
            lost_orders: 2,
            earned: Money(110_000_000),
            open: Money(50),
            lost: Money(700),
            first_order: DateTime::UNIX_EPOCH,
            last_order: DateTime::UNIX_EPOCH,
            source: Source::Website,
            city: String::new(),
            state: String::new(),
            tags: Vec::new(),
        }
    }

    #[test]
    fn a_customers_chip_says_what_they_came_to() {
        assert_eq!(figures(&ada()), "1,201 orders · 2 lost · ₦1,100,000.50");
        let once = Customer {
            earned_orders: 0,
            lost_orders: 0,
            earned: Money(0),
            ..ada()
        };
        assert_eq!(figures(&once), "1 order · ₦0.50");
    }

    #[test]
    fn each_thing_that_is_set_can_be_taken_away_alone() {
        let query = OrderQuery::parse("customer=2348031234567&status=new&source=tiktok&page=3");
        let ada = ada();
        let left = |customer| {
            set(&query, customer)
                .into_iter()
                .map(|chip| format!("{}: {}", chip.label, chip.without.to_query_string()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            left(Some(&ada)),
            [
                "Ada: status=new&source=tiktok",
                "New: customer=2348031234567&source=tiktok",
                "TikTok: customer=2348031234567&status=new"
            ]
        );
        assert!(left(None)[0].starts_with("0803 123 4567: "));
    }

    #[test]
    fn the_line_says_what_is_left() {
        assert_eq!(counts_in_words(4_000, 57), "4,000 → 57 orders");
        assert_eq!(counts_in_words(4_000, 1), "4,000 → 1 order");
    }
}
