//! What people have written down about a customer.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AddNote, DeleteNote, EditNote};
use crate::domain::profile::Note;
use crate::ui::form::{Form, Sending};
use crate::ui::moment::Moment;

/// Shows the notes, newest first, and takes another.
#[component]
pub fn Notes(
    /// The notes.
    notes: Vec<Note>,
    /// The customer's part of the address.
    slug: String,
) -> impl IntoView {
    let add = Sending::to(AddNote::PATH);
    let wrong = add.wrong_besides(&[]);
    let (edit, delete) = (Sending::to(EditNote::PATH), Sending::to(DeleteNote::PATH));
    let phone = slug.clone();
    let one = move |note: Note| view! { <One note slug=slug.clone() edit delete /> };
    let failed = move || {
        edit.refusal()
            .get()
            .or(delete.refusal().get())
            .map(|error| error.to_string())
    };
    view! {
        <section class="panel" aria-labelledby="notes-title">
            <h2 class="panel__title" id="notes-title">"Notes"</h2>
            <Form to=add class="panel__form" anew=true>
                <input type="hidden" name="phone" value=phone />
                <label class="visually-hidden" for="new-note">"New note"</label>
                <textarea class="input" id="new-note" name="body" rows="2" placeholder="Prefers calls after 5 pm"></textarea>
                <button class="button" type="submit">"Add note"</button>
            </Form>
            <p class="form__error" role="alert">{move || wrong.get()}</p>
            <p class="form__error" role="alert">{failed}</p>
            <ul class="notes">{notes.into_iter().map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// One note; whoever may change it finds the form behind a word.
#[component]
fn One(note: Note, slug: String, edit: Sending, delete: Sending) -> impl IntoView {
    let Note {
        id,
        body,
        author,
        written,
        edited,
        mine,
    } = note;
    let id = id.to_string();
    let change = mine.then(|| {
        let (body, phone, number) = (body.clone(), slug.clone(), id.clone());
        view! {
            <details class="note__change" data-once="">
                <summary class="note__word">"Change"</summary>
                <Form to=edit class="panel__form">
                    <input type="hidden" name="phone" value=phone />
                    <input type="hidden" name="id" value=number />
                    <textarea class="input" name="body" rows="3" aria-label="The note">{body}</textarea>
                    <button class="button" type="submit">"Save note"</button>
                </Form>
                <Form to=delete>
                    <input type="hidden" name="phone" value=slug />
                    <input type="hidden" name="id" value=id />
                    <button class="button" type="submit">"Delete note"</button>
                </Form>
            </details>
        }
    });
    view! {
        <li class="note">
            <p class="note__body"><bdi>{body}</bdi></p>
            <p class="note__by">{author} " · " <Moment day=written /> {edited.then_some(" · changed")}</p>
            {change}
        </li>
    }
    .into_any()
}
