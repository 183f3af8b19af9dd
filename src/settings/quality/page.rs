//! Data that looks wrong.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::{FixDuplicate, FixNumber, FixPlace, RightAmount, UndoFix, get_quality};
use super::rows::{Amounts, Duplicates, Numbers, Places};
use crate::domain::quality::{Fixed, Kind, QualityPage as Answer, Rows};
use crate::domain::stats::grouped;
use crate::paths;
use crate::settings::tabs::Tabs;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::icon::Icon;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Where the forms of the page go.
#[derive(Clone, Copy)]
pub struct Actions {
    /// Puts a phone right.
    pub number: Sending,
    /// Merges two customers, or says that they are two people.
    pub duplicate: Sending,
    /// Puts a place right, or says that it is.
    pub place: Sending,
    /// Says that an order costs nothing.
    pub amount: Sending,
    /// Takes back what was done.
    pub undo: Sending,
}

/// Shows what looks wrong in one way, with how much there is of each.
#[component]
pub fn QualityPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let of = |name: &str| query.get(name).unwrap_or_default();
        (of("kind"), of("page").parse().unwrap_or(1), of("done"))
    });
    let sent = RwSignal::new(0);
    provide_context(Sent(sent));
    let page = ask(
        move || (asked.get(), sent.get()),
        |((kind, page, done), _)| get_quality(kind, page, done),
    );
    let actions = Actions {
        number: Sending::to(FixNumber::PATH),
        duplicate: Sending::to(FixDuplicate::PATH),
        place: Sending::to(FixPlace::PATH),
        amount: Sending::to(RightAmount::PATH),
        undo: Sending::to(UndoFix::PATH),
    };
    view! {
        <Title text="Data quality" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"Data quality"</PageTitle>
                <p class="page-header__context">"What looks wrong, and what puts it right"</p>
            </header>
            <Tabs />
            <Transition fallback=|| view! { <TableSkeleton rows=8 /> }>
                {move || when_here(async move {
                    match page.await {
                        Ok(page) => view! { <Loaded page actions /> }.into_any(),
                        Err(error) => {
                            let again = move |()| page.refetch();
                            view! { <Failure error retry=paths::QUALITY again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Loaded(page: Answer, actions: Actions) -> impl IntoView {
    let kind = page.kind;
    let count = move |(one, count): (Kind, Option<i64>)| {
        let current = (one == kind).then_some("page");
        view! {
            <a class="quality__kind" href=paths::quality(one, 1) aria-current=current data-noscroll="">
                <span>{one.label()}</span>
                <strong>{count.map(grouped)}</strong>
            </a>
        }
    };
    let as_of = page.as_of.filter(|_| kind == Kind::Duplicates);
    let fixed = page.fixed.filter(|fixed| !fixed.undone);
    view! {
        <nav class="quality__kinds" aria-label="What looks wrong">{page.counts.into_iter().map(count).collect_view()}</nav>
        <section class="panel" aria-label=kind.label()>
            <p class="quality__about">{about(kind)}</p>
            {as_of.map(|at| view! { <p class="quality__about">"All customers were compared at " {at} "; what came later follows within a minute."</p> })}
            {shown(page.rows, actions)}
            <Pages kind page=page.page pages=page.pages />
        </section>
        {fixed.map(|fixed| view! { <Done fixed kind undo=actions.undo /> })}
    }
    .into_any()
}

fn shown(rows: Rows, actions: Actions) -> AnyView {
    match rows {
        Rows::Numbers(rows) if !rows.is_empty() => view! { <Numbers rows to=actions.number /> }.into_any(),
        Rows::Duplicates(rows) if !rows.is_empty() => view! { <Duplicates rows to=actions.duplicate /> }.into_any(),
        Rows::Places(rows) if !rows.is_empty() => view! { <Places rows to=actions.place /> }.into_any(),
        Rows::Amounts(rows) if !rows.is_empty() => view! { <Amounts rows to=actions.amount /> }.into_any(),
        _ => view! { <p class="quality__none">"Nothing here: all is well."</p> }.into_any(),
    }
}

fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Numbers => {
            "These cannot be called. Write the right number: the orders become its customer’s, and so do later ones with the same text."
        }
        Kind::Duplicates => {
            "The surest first. A merge adds up the orders of both and changes none; the one who ordered last gives the phone."
        }
        Kind::Places => {
            "No state of Nigeria is called so. What you choose is set on all orders, and read so from now on."
        }
        Kind::Amounts => "These orders count and bring nothing.",
    }
}

/// The way to the pages before and after.
#[component]
fn Pages(kind: Kind, page: i64, pages: i64) -> impl IntoView {
    (pages > 1).then(|| {
        let link = |to: i64, label: &'static str| {
            let there = to >= 1 && to <= pages;
            there.then(|| view! { <a class="button" href=paths::quality(kind, to)>{label}</a> })
        };
        view! {
            <nav class="quality__pages" aria-label="Pages">
                {link(page - 1, "Previous")}
                <span>"Page " {grouped(page)} " of " {grouped(pages)}</span>
                {link(page + 1, "Next")}
            </nav>
        }
    })
}

/// What was done last, and the way back.
#[component]
fn Done(fixed: Fixed, kind: Kind, undo: Sending) -> impl IntoView {
    let failed = undo.wrong_besides(&[]);
    view! {
        <div class="toasts" role="status">
            <div class="toast">
                <Icon name="check" />
                <p>{fixed.said}</p>
                <Form to=undo>
                    <input type="hidden" name="kind" value=kind.as_str() />
                    <input type="hidden" name="id" value=fixed.id.to_string() />
                    <button class="button" type="submit">"Undo"</button>
                </Form>
                <p class="form__error" role="alert">{move || failed.get()}</p>
            </div>
        </div>
    }
    .into_any()
}
