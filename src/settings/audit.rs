//! The audit log: who did what, when, and from where.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use super::api::get_audit;
use super::tabs::Tabs;
use crate::domain::audit::{AuditLine, AuditPage as Page, AuditQuery, Group};
use crate::domain::period::Period;
use crate::paths;
use crate::ui::answer::{ask, waiting, when_here};
use crate::ui::empty::Empty;
use crate::ui::export_menu::ExportMenu;
use crate::ui::failure::Failure;
use crate::ui::hidden_fields::HiddenFields;
use crate::ui::icon::Icon;
use crate::ui::moment::Moment;
use crate::ui::period_filter::PeriodFilter;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Shows the log as the address asks for it.
#[component]
pub fn AuditPage() -> impl IntoView {
    let search = use_location().search;
    let query = Memo::new(move |_| AuditQuery::parse(search.read().trim_start_matches('?')));
    let page = ask(move || query.get(), |query| get_audit(query.to_query_string()));
    let (waiting, tell) = waiting();
    let export = Signal::derive(move || query.read().with(|_| {}).to_query_string());
    view! {
        <Title text="Audit log" />
        <div class="page" class:page--waiting=waiting>
            <header class="page-header">
                <PageTitle>"Audit log"</PageTitle>
                <p class="page-header__context">"Who did what, when and from where. Nothing in it can be changed."</p>
            </header>
            <Tabs />
            <div class="page-bar">
                <Periods query />
                <ExportMenu action=paths::EXPORT_AUDIT query=export />
            </div>
            <Transition fallback=|| view! { <TableSkeleton rows=10 /> } set_pending=tell>
                {move || when_here(async move {
                    let answer = page.await;
                    let query = query.get_untracked();
                    match answer {
                        Ok(page) => view! { <Loaded page query /> }.into_any(),
                        Err(error) => {
                            let again = move |()| page.refetch();
                            view! { <Failure error retry=paths::audit(&query) again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

#[component]
fn Periods(query: Memo<AuditQuery>) -> impl IntoView {
    let href = Callback::new(move |period| paths::audit(&query.get_untracked().with(|query| query.period = period)));
    move || {
        let query = query.get();
        let rest = query.with(|query| query.period = Period::All).pairs();
        view! { <PeriodFilter current=query.period href action=paths::AUDIT rest /> }
    }
}

#[component]
fn Loaded(page: Page, query: AuditQuery) -> impl IntoView {
    let Page { lines, older, people } = page;
    let none = lines.is_empty();
    let status = format!("{} lines", lines.len());
    view! {
        <Filters query=query.clone() people />
        <p class="visually-hidden" role="status">{status}</p>
        {if none {
            view! { <NoLine query=query.clone() /> }.into_any()
        } else {
            view! { <Lines lines /> }.into_any()
        }}
        <Turning query older />
    }
    .into_any()
}

/// Asks who, what, and from where.
#[component]
fn Filters(query: AuditQuery, people: Vec<String>) -> impl IntoView {
    let rest = query.with(|query| {
        query.who.clear();
        query.address.clear();
        query.group = None;
    });
    let chosen = query.group;
    let group = |group: Group| {
        view! { <option value=group.code() selected=chosen == Some(group)>{group.label()}</option> }
    };
    view! {
        <form class="audit-filters" method="get" action=paths::AUDIT role="search" aria-label="Filter the audit log">
            <HiddenFields pairs=rest.pairs() />
            <label class="field">
                <span class="field__label">"What"</span>
                <select class="input" name="what">
                    <option value="">"Everything"</option>
                    {Group::ALL.map(group).into_iter().collect_view()}
                </select>
            </label>
            <label class="field">
                <span class="field__label">"Who"</span>
                <input class="input" name="who" value=query.who list="audit-people" autocomplete="off" placeholder="Anybody" />
            </label>
            <datalist id="audit-people">
                {people.into_iter().map(|email| view! { <option value=email></option> }).collect_view()}
            </datalist>
            <label class="field">
                <span class="field__label">"Address"</span>
                <input class="input" name="address" value=query.address autocomplete="off" placeholder="Any" />
            </label>
            <button class="button" type="submit"><Icon name="search" />"Show"</button>
        </form>
    }
    .into_any()
}

#[component]
fn Lines(lines: Vec<AuditLine>) -> impl IntoView {
    let head = |label| view! { <th role="columnheader" scope="col">{label}</th> };
    view! {
        <div class="table-wrap">
            <table class="table audit" role="table">
                <caption class="visually-hidden">"Audit log"</caption>
                <thead role="rowgroup">
                    <tr role="row">{["When", "Who", "What", "About", "From"].map(head).into_iter().collect_view()}</tr>
                </thead>
                <tbody role="rowgroup">
                    {lines.into_iter().map(|line| view! { <Line line /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Line(line: AuditLine) -> impl IntoView {
    let AuditLine {
        at,
        who,
        address,
        what,
        detail,
        subject,
        link,
    } = line;
    let subject = match link {
        Some(href) => view! { <a href=href><bdi>{subject}</bdi></a> }.into_any(),
        None => view! { <bdi>{subject}</bdi> }.into_any(),
    };
    let who = if who.is_empty() { "Nobody known".to_owned() } else { who };
    let address = if address.is_empty() {
        "This server".to_owned()
    } else {
        address
    };
    view! {
        <tr role="row" class="audit__line">
            <th role="rowheader" scope="row" class="audit__at"><Moment day=at /></th>
            <td role="cell" class="audit__who"><bdi>{who}</bdi></td>
            <td role="cell" class="audit__what">{what} <span class="audit__detail">{detail}</span></td>
            <td role="cell" class="audit__about">{subject}</td>
            <td role="cell" class="audit__from">{address}</td>
        </tr>
    }
    .into_any()
}

/// To the newest lines, and to older ones.
#[component]
fn Turning(query: AuditQuery, older: Option<(i64, i64)>) -> impl IntoView {
    let newest = query.before.is_some().then(|| {
        view! { <a class="button" href=paths::audit(&query.with(|_| {}))>"Newest"</a> }
    });
    let older = older.map(|line| {
        let href = paths::audit(&query.with(|query| query.before = Some(line)));
        view! { <a class="button" href=href rel="next">"Older"</a> }
    });
    view! { <nav class="audit-turning" aria-label="Pages of the audit log">{newest} {older}</nav> }.into_any()
}

/// Says that nothing was done that is asked for, and leads back to everything.
#[component]
fn NoLine(query: AuditQuery) -> impl IntoView {
    let narrowed = query != AuditQuery::default();
    view! {
        <Empty icon="search" title="Nothing of this in the log">
            <p class="empty__text">"Nobody has done this in the period."</p>
            {narrowed.then(|| view! {
                <div class="empty__actions">
                    <a class="button button--primary" href=paths::AUDIT>"Show everything"</a>
                </div>
            })}
        </Empty>
    }
    .into_any()
}
