//! What has come to a list since the reader has seen it: the rows stay where they are until they want others.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::live::Live;
use crate::domain::order_list::OrderList;

/// The rows of a list, which stay where they are until the reader wants others.
#[derive(Clone, Copy)]
pub struct Rows {
    shown: StoredValue<String>,
    /// What they were asked for.
    of: StoredValue<String>,
    /// How many orders the shop had when the rows were put in order.
    orders: RwSignal<Option<i64>>,
    moved: RwSignal<bool>,
}

impl Rows {
    /// Begins with no rows.
    pub fn none() -> Self {
        Self {
            shown: StoredValue::new(String::new()),
            of: StoredValue::new(String::new()),
            orders: RwSignal::new(None),
            moved: RwSignal::new(false),
        }
    }

    /// Lets other rows come where something else is asked for.
    pub fn ask(self, of: String) {
        if self.of.get_value() != of {
            self.of.set_value(of);
            self.let_go();
        }
    }

    /// Lets other rows come, because the reader has asked for them.
    pub fn let_go(self) {
        self.shown.set_value(String::new());
    }

    /// The rows that are to stay, a line each; none where others may come.
    pub fn shown(self) -> String {
        self.shown.try_get_value().unwrap_or_default()
    }

    /// Takes the orders that are here.
    pub fn take_orders(self, list: &OrderList) {
        let rows = list.page.rows.iter().map(|row| row.order.number.clone());
        self.take(rows.collect(), list.orders, list.moved);
    }

    /// Takes rows that are here. `moved` tells of those that have stayed whether they would stand otherwise.
    pub fn take(self, rows: Vec<String>, orders: i64, moved: Option<bool>) {
        // A server renders a page once, and nothing comes to it.
        if !cfg!(target_family = "wasm") {
            return;
        }
        if moved.is_none() {
            self.orders.set(Some(orders));
        } else {
            // Orders that have been deleted are not taken for new ones that are missing.
            self.orders
                .update(|known| *known = Some(known.map_or(orders, |known| known.min(orders))));
        }
        self.shown.set_value(rows.join("\n"));
        self.moved.set(moved.unwrap_or_default());
    }

    fn news(self, live: Live) -> String {
        let new = live.orders().zip(self.orders.get()).map_or(0, |(now, then)| now - then);
        match new {
            1 => "1 new order".to_owned(),
            2.. => format!("{new} new orders"),
            _ if self.moved.get() => "The list has changed".to_owned(),
            _ => String::new(),
        }
    }
}

/// The button that shows the list as it is now.
#[component]
pub fn News(
    /// The rows that stay until then.
    rows: Rows,
    /// Asks for the list.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let live = use_context::<Live>();
    let words = Memo::new(move |_| live.map(|live| rows.news(live)).unwrap_or_default());
    let press = move |_| {
        // The button goes; the keyboard goes on from the first row.
        let first = document().query_selector("tbody a").ok().flatten();
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
        rows.let_go();
        again.run(());
    };
    view! {
        <div class="news" role="status">
            <button class="news__button" type="button" hidden=move || words.read().is_empty() on:click=press>
                {words}
            </button>
        </div>
    }
    .into_any()
}
