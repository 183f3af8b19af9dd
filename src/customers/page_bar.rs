//! What stands over the list: its period, and what can be done with all of it.

use leptos::prelude::*;

use super::columns_menu::ColumnsMenu;
use super::queue_menu::QueueMenu;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::period::Period;
use crate::domain::saved_view::{self, SavedView};
use crate::domain::view::View;
use crate::paths;
use crate::ui::answer::{Answer, when_here};
use crate::ui::export_menu::ExportMenu;
use crate::ui::period_filter::PeriodFilter;
use crate::ui::rights::ForAdmins;

/// How the table looks, for the user and in each view with a name.
#[derive(Clone, Copy)]
pub struct Looks {
    /// How the user wants it.
    pub view: Answer<View>,
    /// The views.
    pub views: Answer<Vec<SavedView>>,
}

impl Looks {
    /// How it looks with a query; as it does by default where the user's choice cannot be had.
    pub async fn of(self, query: &CustomerQuery) -> View {
        let (view, views) = (self.view.await, self.views.await);
        saved_view::look(&views.unwrap_or_default(), query, view.unwrap_or_default())
    }
}

/// The period on the left, what can be done on the right.
#[component]
pub fn PageBar(
    /// What is shown now.
    query: Memo<CustomerQuery>,
    /// How it looks.
    looks: Looks,
) -> impl IntoView {
    let href =
        Callback::new(move |period| paths::customers(&query.get_untracked().with(|query| query.period = period)));
    let periods = move || {
        let query = query.get();
        let rest = query.with(|query| query.period = Period::All).pairs();
        view! { <PeriodFilter current=query.period href action=paths::CUSTOMERS rest /> }
    };
    view! {
        <div class="page-bar">
            {periods}
            <div class="page-bar__actions">
            <QueueMenu query=Signal::derive(move || query.read().to_query_string()) />
            <ForAdmins><ExportMenu action=paths::EXPORT_CUSTOMERS query=Signal::derive(move || query.read().to_query_string()) /></ForAdmins>
            <Transition>
                {move || {
                    let query = query.get();
                    when_here(async move {
                        let view = looks.of(&query).await;
                        view! { <ColumnsMenu view query=query.to_query_string() /> }.into_any()
                    })
                }}
            </Transition>
            </div>
        </div>
    }
}
