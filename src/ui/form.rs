//! Forms that work without JavaScript; where the page is alive they are sent without leaving it.
//!
//! One sender for all server functions: typed actions would be compiled, and downloaded, for each of them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use leptos::prelude::*;
use leptos::server_fn::redirect::REDIRECT_HEADER;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast as _;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement, SubmitEvent, UrlSearchParams};

use super::fetch::fetch;
use crate::domain::profile::NotSaved;
use crate::error::AppError;

/// Counts what has been sent from a page; a page that provides it asks anew for what it shows.
#[derive(Clone, Copy)]
pub struct Sent(pub RwSignal<u32>);

/// Where a form goes, and what has come of it.
#[derive(Clone, Copy)]
pub struct Sending {
    path: &'static str,
    pending: RwSignal<bool>,
    refusal: RwSignal<Option<AppError>>,
}

impl Sending {
    /// Goes to a server function. What it has refused without JavaScript stands in the address that it led back to.
    pub fn to(path: &'static str) -> Self {
        let query = use_query_map();
        let refused = query.with_untracked(|query| {
            let error = query
                .get("__err")
                .filter(|_| query.get("__path").as_deref() == Some(path))?;
            read(&URL_SAFE.decode(error).ok()?)
        });
        Self {
            path,
            pending: RwSignal::new(false),
            refusal: RwSignal::new(refused),
        }
    }

    /// Tells whether an answer is on its way.
    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// What was refused, if anything was.
    pub fn refusal(self) -> Signal<Option<AppError>> {
        self.refusal.into()
    }

    /// What is wrong with one field.
    pub fn wrong(self, name: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || match self.refusal.get() {
            Some(AppError::Invalid { field, message }) if field == name => Some(message),
            _ => None,
        })
    }

    /// What was refused as a whole, if it belongs to none of these fields.
    pub fn wrong_besides(self, names: &'static [&'static str]) -> Signal<Option<String>> {
        Signal::derive(move || match self.refusal.get() {
            Some(AppError::Invalid { field, .. }) if names.contains(&field.as_str()) => None,
            refusal => refusal.map(|error| error.to_string()),
        })
    }

    /// A form that was not saved, with what was typed.
    pub fn not_saved(self) -> Option<NotSaved> {
        match self.refusal.get() {
            Some(AppError::NotSaved(form)) => Some(*form),
            _ => None,
        }
    }
}

/// A form that goes to a server function.
#[component]
pub fn Form(
    /// Where it goes.
    to: Sending,
    /// What it is, for style.
    #[prop(optional)]
    class: &'static str,
    /// Whether it is for something new, and empty again once that is sent.
    #[prop(optional)]
    anew: bool,
    /// Its fields and buttons.
    children: Children,
) -> impl IntoView {
    let sent = use_context::<Sent>();
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        let Some(form) = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        let Some(fields) = fields(&form, &event) else { return };
        event.prevent_default();
        if to.pending.get_untracked() {
            return;
        }
        to.pending.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = post(to.path, &fields).await;
            to.pending.try_set(false);
            if answer.is_ok() {
                done(&form, anew);
            }
            let kept = matches!(answer, Ok(_) | Err(AppError::NotSaved(_)));
            to.refusal.try_set(answer.as_ref().err().cloned());
            if let (true, Some(Sent(sent))) = (kept, sent) {
                sent.try_update(|count| *count += 1);
            }
            if let Ok(Some(location)) = answer {
                navigate(&location, how(&location));
            }
        });
    };
    view! {
        <form method="post" action=to.path class=class on:submit=submit>
            {children()}
        </form>
    }
    .into_any()
}

/// Empties a form for something new, and closes what held the form open for this once.
fn done(form: &HtmlFormElement, anew: bool) {
    if anew {
        form.reset();
    }
    if let Ok(Some(holder)) = form.closest("details[data-once]") {
        // A browser that could not would leave it open.
        let _ = holder.remove_attribute("open");
    }
}

/// To the same page one stays where one is, and "back" does not lead to the form again.
fn how(location: &str) -> NavigateOptions {
    let here = window().location().pathname().unwrap_or_default();
    let same = location.split('?').next() == Some(here.as_str());
    NavigateOptions {
        replace: same,
        scroll: !same,
        ..NavigateOptions::default()
    }
}

/// The fields of a form that an event sends, the pressed button among them.
fn fields(form: &HtmlFormElement, event: &SubmitEvent) -> Option<UrlSearchParams> {
    let data = FormData::new_with_form(form).ok()?;
    let button = event
        .submitter()
        .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
    if let Some(button) = button.filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok()?;
    }
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
}

/// Sends fields; returns where the answer leads, if anywhere.
async fn post(path: &str, fields: &UrlSearchParams) -> Result<Option<String>, AppError> {
    let (answer, bytes) = fetch(path, Some(fields)).await?;
    if answer.ok() {
        let leads = answer.headers().has(REDIRECT_HEADER).unwrap_or(false);
        return Ok(answer.headers().get("Location").ok().flatten().filter(|_| leads));
    }
    Err(read(&bytes).unwrap_or(AppError::Unreachable))
}

fn read(bytes: &[u8]) -> Option<AppError> {
    postcard::from_bytes(bytes).ok()
}
