//! What may be chosen of the orders, and what of it is set.

use leptos::prelude::*;

use super::icon::Icon;
use super::menu::Menu;
use crate::domain::customer::Customer;
use crate::domain::finder::OrderFacets;
use crate::domain::order_list::shown_name;
use crate::domain::order_query::{OrderQuery, OrderSort};
use crate::domain::period::Period;
use crate::domain::stats::{grouped, orders_in_words};

/// Leads to the page with a query: of all orders, or of one customer's.
pub type Href = Callback<OrderQuery, String>;

/// Something to choose: its name, how many orders it leaves, whether it is chosen, and the query with it, or where it
/// is chosen, without it.
struct Choice {
    label: String,
    count: i64,
    set: bool,
    to: OrderQuery,
}

/// Something that is set: its name, what more there is to say, and the query without it.
struct Chip {
    label: String,
    note: Option<String>,
    without: OrderQuery,
}

/// Offers status, source and sales representative, a menu of links each.
#[component]
pub fn OrderFilters(
    /// What is shown now.
    query: OrderQuery,
    /// What the choices would leave.
    facets: OrderFacets,
    /// Where they lead.
    href: Href,
) -> impl IntoView {
    let statuses = facets.statuses.into_iter().map(|(status, count)| {
        let set = query.status == Some(status);
        let to = query.with(|query| query.status = (!set).then_some(status));
        choice(status.label(), count, set, to)
    });
    let sources = facets.sources.into_iter().map(|(source, count)| {
        let set = query.source == Some(source);
        let to = query.with(|query| query.source = (!set).then_some(source));
        choice(source.label(), count, set, to)
    });
    let reps = facets.reps.into_iter().map(|(rep, count)| {
        let set = query.sales_rep.as_ref() == Some(&rep);
        let to = query.with(|query| query.sales_rep = (!set).then(|| rep.clone()));
        choice(&rep, count, set, to)
    });
    let menus = [
        ("Status", statuses.collect::<Vec<_>>()),
        ("Source", sources.collect()),
        ("Sales rep", reps.collect()),
    ];
    let menu = |(label, choices): (&'static str, Vec<Choice>)| {
        (!choices.is_empty()).then(|| view! { <li><ChoiceMenu label choices href /></li> })
    };
    view! {
        <ul class="order-filters" aria-label="Filters">
            {menus.map(menu).into_iter().collect_view()}
            <li class="order-filters__sort"><SortMenu query href /></li>
        </ul>
    }
    .into_any()
}

/// The order of the list on a small screen, where there is no table header to press.
#[component]
fn SortMenu(query: OrderQuery, href: Href) -> impl IntoView {
    let current = query.sort;
    let label = query.sort.label();
    let link = move |sort: OrderSort| {
        let to = href.run(query.with(|query| query.sort = sort));
        let here = (sort == current).then_some("true");
        view! { <li><a class="menu__item" href=to aria-current=here data-noscroll="">{sort.label()}</a></li> }
    };
    view! {
        <Menu label icon="arrow-up-down">
            <ul>{OrderSort::ALL.map(link).into_iter().collect_view()}</ul>
        </Menu>
    }
    .into_any()
}

fn choice(label: &str, count: i64, set: bool, to: OrderQuery) -> Choice {
    Choice {
        label: label.to_owned(),
        count,
        set,
        to,
    }
}

#[component]
fn ChoiceMenu(label: &'static str, choices: Vec<Choice>, href: Href) -> impl IntoView {
    let chosen = choices
        .iter()
        .find(|choice| choice.set)
        .map(|choice| choice.label.clone());
    let set = chosen.is_some();
    let title = chosen.map_or_else(|| label.to_owned(), |chosen| format!("{label}: {chosen}"));
    let link = move |choice: Choice| {
        view! {
            <li>
                <a
                    class="menu__item choice"
                    href=href.run(choice.to)
                    aria-current=choice.set.then_some("true")
                    data-noscroll=""
                >
                    <span class="choice__label"><bdi>{choice.label}</bdi></span>
                    <span class="choice__count">{grouped(choice.count)}</span>
                </a>
            </li>
        }
    };
    view! {
        <Menu label=title set class="filter">
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
    /// Whose orders were asked for, where that can be taken away.
    #[prop(optional_no_strip)]
    customer: Option<Customer>,
    /// How many orders there are.
    of: i64,
    /// How many of them are shown.
    shown: i64,
    /// Where the chips lead.
    href: Href,
) -> impl IntoView {
    let set = set(&query, customer.as_ref());
    let line = counts_in_words(of, shown);
    let clear = (set.len() > 1).then(|| {
        let href = href.run(query.unnarrowed());
        view! { <a class="chips__clear" href=href data-noscroll="">"Clear all"</a> }
    });
    let chip = |chip: Chip| {
        view! {
            <a class="chip" href=href.run(chip.without) data-noscroll="">
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
    let plain = |label: String, take: fn(&mut OrderQuery)| Chip {
        label,
        note: None,
        without: query.with(take),
    };
    let searched = (!query.search.is_empty()).then(|| format!("“{}”", query.search));
    let placed = (query.period != Period::All).then(|| query.period.label());
    let rest = [
        searched.map(|label| plain(label, |query| query.search.clear())),
        placed.map(|label| plain(label, |query| query.period = Period::All)),
        query
            .status
            .map(|status| plain(status.label().to_owned(), |query| query.status = None)),
        query
            .source
            .map(|source| plain(source.label().to_owned(), |query| query.source = None)),
        query
            .sales_rep
            .clone()
            .map(|rep| plain(rep, |query| query.sales_rep = None)),
    ];
    whose.into_iter().chain(rest.into_iter().flatten()).collect()
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
    use crate::domain::source::Source;

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
