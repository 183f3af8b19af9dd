//! Sends a file, and says how much of it has gone.

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::wasm_bindgen::closure::Closure;
use leptos_router::hooks::use_navigate;
use web_sys::{FormData, HtmlFormElement, ProgressEvent, SubmitEvent, XmlHttpRequest, XmlHttpRequestResponseType};

use crate::error::AppError;
use crate::paths;
use crate::ui::form::Sending;
use crate::ui::icon::Icon;

/// Takes a file by choice or by drop; where the page is alive it is sent at once.
#[component]
pub fn Upload() -> impl IntoView {
    let refused = Sending::to(paths::IMPORT_FILE).refusal().get_untracked();
    let refusal = RwSignal::new(refused);
    // In percent, while a file is on its way.
    let sent = RwSignal::new(None::<f64>);
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        let Some(form) = event.target().and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        let navigate = navigate.clone();
        let done = move |answer: Result<String, AppError>| {
            sent.try_set(None);
            match answer {
                Ok(location) => navigate(&location, leptos_router::NavigateOptions::default()),
                Err(error) => drop(refusal.try_set(Some(error))),
            }
        };
        if send(&form, move |percent| _ = sent.try_set(Some(percent)), done).is_some() {
            event.prevent_default();
            refusal.set(None);
            sent.set(Some(0.0));
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let field = event
            .target()
            .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(form) = field.and_then(|field| field.form()) {
            // A form that is not complete says so itself.
            let _ = form.request_submit();
        }
    };
    view! {
        <form class="panel upload" method="post" action=paths::IMPORT_FILE enctype="multipart/form-data" on:submit=submit>
            <label class="upload__drop">
                <Icon name="upload" />
                <span class="upload__words">"Choose a file of orders, or drop it here"</span>
                <span class="field__hint">"CSV or Excel (.xlsx), up to 500 MB. You see what it would do before anything is changed."</span>
                <input class="upload__file" type="file" name="file" accept=".csv,.tsv,.txt,.xlsx" required on:change=chosen />
            </label>
            <progress class="upload__progress" max="100" value=move || sent.get().unwrap_or_default() hidden=move || sent.read().is_none() aria-label="Sent so far"></progress>
            <p class="form__error" role="alert">{move || refusal.get().map(|error| error.to_string())}</p>
            <div class="form__buttons">
                <button class="button button--primary" type="submit" disabled=move || sent.read().is_some()>"Look at it"</button>
            </div>
        </form>
    }
    .into_any()
}

/// Sends a form with its file; none where the browser cannot.
fn send(
    form: &HtmlFormElement,
    progress: impl Fn(f64) + 'static,
    done: impl FnOnce(Result<String, AppError>) + 'static,
) -> Option<()> {
    let data = FormData::new_with_form(form).ok()?;
    let request = XmlHttpRequest::new().ok()?;
    request.open("POST", paths::IMPORT_FILE).ok()?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    request.set_request_header("Accept", "application/x-postcard").ok()?;
    let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        progress(100.0 * event.loaded() / event.total().max(1.0));
    });
    request
        .upload()
        .ok()?
        .set_onprogress(Some(told.as_ref().unchecked_ref()));
    let asked = request.clone();
    let ended = Closure::once_into_js(move || {
        // It lives as long as the request.
        drop(told);
        done(read(&asked));
    });
    request.set_onloadend(Some(ended.unchecked_ref()));
    request.send_with_opt_form_data(Some(&data)).ok()
}

fn read(request: &XmlHttpRequest) -> Result<String, AppError> {
    let unreachable = |_| AppError::Unreachable;
    let bytes = Uint8Array::new(&request.response().map_err(unreachable)?).to_vec();
    if request.status() == Ok(200) {
        String::from_utf8(bytes).map_err(|_| AppError::Unreachable)
    } else {
        Err(postcard::from_bytes(&bytes).unwrap_or(AppError::Unreachable))
    }
}
