//! Where files are sent, and those that were.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::get_imports;
use super::upload::Upload;
use crate::domain::import::{Import, State};
use crate::paths;
use crate::ui::answer::{ask, when_here};
use crate::ui::badge::{Badge, Tone};
use crate::ui::failure::Failure;
use crate::ui::moment::Moment;
use crate::ui::skeleton::TableSkeleton;
use crate::ui::title::PageTitle;

/// Takes a file, and shows the latest ones.
#[component]
pub fn ImportsPage() -> impl IntoView {
    let imports = ask(|| (), |()| get_imports());
    view! {
        <Title text="Import" />
        <div class="page">
            <header class="page-header">
                <PageTitle>"Import"</PageTitle>
                <p class="page-header__context">"Orders in from a file. The same file twice changes nothing."</p>
            </header>
            <Transition fallback=|| view! { <TableSkeleton rows=4 /> }>
                {move || when_here(async move {
                    match imports.await {
                        Ok(imports) => view! { <Upload /> <History imports /> }.into_any(),
                        Err(error) => {
                            let again = move |()| imports.refetch();
                            view! { <Failure error retry=paths::IMPORT again /> }.into_any()
                        }
                    }
                })}
            </Transition>
        </div>
    }
}

/// The latest imports.
#[component]
fn History(imports: Vec<Import>) -> impl IntoView {
    if imports.is_empty() {
        return view! { <p class="page-header__context">"No file has come in yet."</p> }.into_any();
    }
    let one = |import: Import| {
        let Import {
            id,
            file,
            who,
            sent,
            state,
            said,
            ..
        } = import;
        view! {
            <li class="panel">
                <h3 class="import__name"><a href=paths::import(id)><bdi>{file}</bdi></a> " " <Standing state /></h3>
                <p>{said}</p>
                <p class="import__sent">{who} ", " <Moment day=sent /></p>
            </li>
        }
    };
    view! {
        <section class="imports">
            <h2 class="panel__title">"Latest files"</h2>
            <ul class="imports__list">{imports.into_iter().map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Where a file stands, in a word.
#[component]
pub fn Standing(state: State) -> impl IntoView {
    let (tone, text) = match state {
        State::Columns => (Tone::Warning, "Columns to choose"),
        State::Checking => (Tone::Info, "Being compared"),
        State::Checked => (Tone::Info, "Not yet in"),
        State::Running => (Tone::Info, "Coming in"),
        State::Done => (Tone::Positive, "In"),
        State::Stopped | State::Lost => (Tone::Warning, "Stopped"),
        State::Failed => (Tone::Danger, "Failed"),
        State::Undoing => (Tone::Info, "Being taken back"),
        State::Undone => (Tone::Neutral, "Taken back"),
    };
    view! { <Badge tone text /> }
}
