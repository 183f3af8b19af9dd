//! One file: what it would do, how far it is in, and what came of it.

use std::time::Duration;

use leptos::context::Provider;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::{ChooseColumns, StartImport, StopImport, UndoImport, get_import};
use super::columns::Columns;
use super::list_page::Standing;
use crate::domain::import::{self, Sample, State};
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::failure::Failure;
use crate::ui::form::{Form, Sending, Sent};
use crate::ui::moment::Moment;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// How often a page looks how far its file is.
const PAUSE: Duration = Duration::from_millis(800);

/// Where the forms of the page go.
#[derive(Clone, Copy)]
struct Actions {
    columns: Sending,
    start: Sending,
    stop: Sending,
    undo: Sending,
}

/// Shows one file.
#[component]
pub fn ImportPage() -> impl IntoView {
    let sent = RwSignal::new(0);
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").unwrap_or_default());
    let page = ask(move || id.get(), get_import);
    let actions = Actions {
        columns: Sending::to(ChooseColumns::PATH),
        start: Sending::to(StartImport::PATH),
        stop: Sending::to(StopImport::PATH),
        undo: Sending::to(UndoImport::PATH),
    };
    view! {
        <Title text="Import" />
        <Provider value=Sent(sent)>
            <div class="page">
                <Transition fallback=|| view! { <TableSkeleton rows=4 /> }>
                    {move || when_here(async move {
                        match page.await {
                            Ok(first) => view! { <Loaded first actions sent /> }.into_any(),
                            Err(error) => {
                                let again = move |()| page.refetch();
                                view! { <Failure error retry=paths::IMPORT again /> }.into_any()
                            }
                        }
                    })}
                </Transition>
            </div>
        </Provider>
    }
}

/// A file as it is now: what changes is replaced where it stands, so that nobody loses the button under their finger.
#[component]
fn Loaded(first: import::ImportPage, actions: Actions, sent: RwSignal<u32>) -> impl IntoView {
    let (file, who, day) = (
        first.import.file.clone(),
        first.import.who.clone(),
        first.import.sent.clone(),
    );
    let page = RwSignal::new(first);
    let state = Memo::new(move |_| page.read().import.state);
    follow(page, state, sent);
    view! {
        <header class="page-header">
            <PageTitle><bdi>{file}</bdi></PageTitle>
            <p class="page-header__context">{who} ", " <Moment day /> " " {move || view! { <Standing state=state.get() /> }}</p>
        </header>
        <section class="panel import">
            <p class="import__said" role="status">{move || page.read().import.said.clone()}</p>
            <progress
                class="upload__progress"
                max="100"
                value=move || page.read().import.percent.map(|percent| percent.to_string())
                hidden=move || !state.get().is_moving()
                aria-label="How far it is"
            ></progress>
            {move || counts(page.read().import.counts.clone(), state.get())}
            {move || buttons(&page.get_untracked(), state.get(), actions)}
        </section>
        {move || samples(page.read().samples.clone())}
        {move || choice(&page.get_untracked(), state.get(), actions)}
    }
    .into_any()
}

/// Looks again while the server is at work, and when something was sent.
fn follow(page: RwSignal<import::ImportPage>, state: Memo<State>, sent: RwSignal<u32>) {
    let next = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<u32>| {
        let now = sent.get();
        if before.is_some_and(|before| before != now) {
            look(page);
        }
        now
    });
    // After each look there is one next look, however many were asked for.
    Effect::new(move |_| {
        page.track();
        if let Some(next) = next.try_update_value(Option::take).flatten() {
            next.clear();
        }
        if state.get_untracked().is_moving() {
            next.set_value(set_timeout_with_handle(move || look(page), PAUSE).ok());
        }
    });
}

fn look(page: RwSignal<import::ImportPage>) {
    let Some(id) = page.try_with_untracked(|page| page.import.id.to_string()) else {
        return;
    };
    spawn_local(async move {
        let answer = get_import(id).await;
        // What could not be had is asked for again.
        page.try_update(|page| {
            if let Ok(answer) = answer {
                *page = answer;
            }
        });
    });
}

fn counts(counts: Vec<(String, String)>, state: State) -> Option<AnyView> {
    let one = |(name, count)| view! { <div><dt>{name}</dt><dd>{count}</dd></div> };
    (state != State::Columns)
        .then(|| view! { <dl class="import__counts">{counts.into_iter().map(one).collect_view()}</dl> }.into_any())
}

/// A form of one button.
fn button(to: Sending, id: i64, class: &'static str, words: &'static str) -> AnyView {
    view! {
        <Form to>
            <input type="hidden" name="id" value=id.to_string() />
            <button class=class type="submit">{words}</button>
        </Form>
    }
    .into_any()
}

/// What can be done with a file now.
fn buttons(page: &import::ImportPage, state: State, actions: Actions) -> AnyView {
    let import::Import {
        id, refused, undoable, ..
    } = page.import;
    let start = matches!(state, State::Checked | State::Checking)
        .then(|| button(actions.start, id, "button button--primary", "Take it in"));
    let stop = matches!(
        state,
        State::Columns | State::Checking | State::Checked | State::Running
    )
    .then(|| {
        button(
            actions.stop,
            id,
            "button",
            if state == State::Running { "Stop" } else { "Leave it" },
        )
    });
    let ended = !state.is_moving() && !matches!(state, State::Columns | State::Checked);
    let undo = (ended && undoable).then(|| button(actions.undo, id, "button", "Take the import back"));
    let report = (ended && refused > 0).then(|| {
        view! { <a class="button" href=paths::refused_rows(id) download="">"Download the refused rows, with reasons"</a> }
    });
    let others = ended.then(|| {
        view! {
            <a class="button button--primary" href=paths::ORDERS>"See the orders"</a>
            <a class="button" href=paths::IMPORT>"Send another file"</a>
        }
    });
    let again = state.is_moving().then(|| {
        view! { <a class="button import__again" href=paths::import(id)>"See how far it is"</a> }
    });
    let refused = move || {
        let all = [actions.start, actions.stop, actions.undo];
        all.iter()
            .find_map(|action| action.refusal().get())
            .map(|error| error.to_string())
    };
    view! {
        <p class="form__error" role="alert">{refused}</p>
        <div class="form__buttons">{start}{stop}{report}{others}{undo}{again}</div>
    }
    .into_any()
}

/// Rows of the file to look at.
fn samples(samples: Vec<Sample>) -> Option<AnyView> {
    let one = |sample: Sample| {
        let line = (sample.line > 0).then(|| format!("Row {}, ", sample.line));
        let kind = sample.kind.clone();
        view! {
            <li class="sample" data-kind=kind>
                <span class="sample__kind">{sample.kind}</span>
                <span class="sample__number">{line}<bdi>{sample.number}</bdi></span>
                <bdi class="sample__said">{sample.said}</bdi>
            </li>
        }
    };
    (!samples.is_empty()).then(|| {
        view! {
            <section class="panel">
                <h2 class="panel__title">"Some of its rows"</h2>
                <ul class="samples">{samples.into_iter().map(one).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// The choice of columns: open where it is needed, at hand where it may be.
fn choice(page: &import::ImportPage, state: State, actions: Actions) -> Option<AnyView> {
    let (id, columns, headers) = (page.import.id, page.columns.clone(), page.headers.clone());
    (!columns.is_empty()).then(|| {
        view! {
            <details class="panel" open=state == State::Columns>
                <summary class="panel__title">"Which column holds what"</summary>
                <Columns id columns headers to=actions.columns />
            </details>
        }
        .into_any()
    })
}
