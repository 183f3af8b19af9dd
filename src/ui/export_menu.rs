//! Takes what is shown away as a file, and says how far that has got.

use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use web_sys::{HtmlButtonElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

use super::fetch::fetch;
use super::icon::Icon;
use super::menu::Menu;
use crate::domain::export::Export;
use crate::domain::stats::grouped;
use crate::paths;

/// How often it is asked how far an export has got.
const PAUSE: Duration = Duration::from_millis(700);

/// Offers the kinds of file. The browser itself takes the file and can stop it; the page says how far it has got.
#[component]
pub fn ExportMenu(
    /// What sends the file.
    action: &'static str,
    /// The view, as it stands in the address.
    query: Signal<String>,
) -> impl IntoView {
    let running = Running::default();
    view! {
        <Menu label="Export" icon="download" class="export-menu">
            <form class="export-form" method="post" action=action on:submit=move |event| running.begin(&event)>
                <input type="hidden" name="query" value=move || query.get() />
                <Kinds />
            </form>
        </Menu>
        <Told running />
    }
    .into_any()
}

/// The kinds of file, a button each, and the name by which the page asks how far the export has got.
#[component]
pub fn Kinds() -> impl IntoView {
    view! {
        <input type="hidden" name="name" value="" />
        <button class="menu__item" type="submit" name="format" value="xlsx">
            <Icon name="download" />
            "Excel workbook"
        </button>
        <button class="menu__item" type="submit" name="format" value="csv">
            <Icon name="download" />
            "CSV"
        </button>
    }
    .into_any()
}

/// An export that this page has begun; none at first.
#[derive(Clone, Copy, Default)]
pub struct Running {
    name: RwSignal<String>,
    state: RwSignal<Option<Export>>,
}

impl Running {
    /// Names the export that a form asks for, and follows it.
    pub fn begin(self, event: &SubmitEvent) {
        let button = event
            .submitter()
            .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        if button.is_none_or(|button| button.name() != "format") {
            return;
        }
        let form = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        let field = form.and_then(|form| form.query_selector("input[name=name]").ok().flatten());
        let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let name = js_sys::Math::random().to_string();
        field.set_value(&name);
        self.name.set(name);
        self.state.set(Some(Export {
            done: 0,
            total: 0,
            ended: false,
            whole: false,
        }));
        self.follow();
    }

    fn follow(self) {
        set_timeout(
            move || {
                leptos::task::spawn_local(async move {
                    let Some(name) = self.name.try_get_untracked() else {
                        return;
                    };
                    let path = format!("{}?name={name}", paths::EXPORT_PROGRESS);
                    let answer = fetch(&path, None).await;
                    let state = answer
                        .ok()
                        .and_then(|(_, bytes)| postcard::from_bytes::<Option<Export>>(&bytes).ok()?);
                    // Another server may be writing it: then the browser alone knows.
                    self.state.try_set(state);
                    if state.is_some_and(|state| !state.ended) {
                        self.follow();
                    }
                });
            },
            PAUSE,
        );
    }

    fn stop(self) {
        let name = self.name.get_untracked();
        leptos::task::spawn_local(async move {
            let _ = fetch(paths::EXPORT_STOP, Some(&format!("name={name}").into())).await;
        });
    }
}

/// Says how far an export has got, and stops it.
#[component]
pub fn Told(
    /// The export.
    running: Running,
) -> impl IntoView {
    let state = running.state;
    let words = move || state.get().map(said).unwrap_or_default();
    let going = move || state.get().is_some_and(|state| !state.ended);
    view! {
        <div class="toasts" role="status">
            <div class="toast" hidden=move || state.read().is_none()>
                <Icon name="download" />
                <p>{words}</p>
                <button class="button" type="button" hidden=move || !going() on:click=move |_| running.stop()>
                    "Stop"
                </button>
                <button class="button" type="button" hidden=going on:click=move |_| state.set(None)>
                    "Close"
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn said(export: Export) -> String {
    let rows = |count: usize| grouped(i64::try_from(count).unwrap_or(i64::MAX));
    let (done, total) = (rows(export.done), rows(export.total));
    match export {
        Export { whole: true, .. } => format!("{total} rows exported."),
        Export { ended: true, .. } => {
            format!("The export was stopped after {done} of {total} rows; the file is not whole.")
        }
        Export { total: 0, .. } => "The export begins.".to_owned(),
        _ => format!("{done} of {total} rows exported"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_to_its_end_is_said_to_be_whole() {
        let export = |done, total, ended, whole| {
            said(Export {
                done,
                total,
                ended,
                whole,
            })
        };
        assert_eq!(export(0, 0, false, false), "The export begins.");
        assert_eq!(export(1_000, 12_345, false, false), "1,000 of 12,345 rows exported");
        assert_eq!(export(12_345, 12_345, true, true), "12,345 rows exported.");
        assert!(export(1_000, 12_345, true, false).contains("not whole"));
        assert!(
            export(12_345, 12_345, true, false).contains("not whole"),
            "it failed while it was packed"
        );
    }
}
