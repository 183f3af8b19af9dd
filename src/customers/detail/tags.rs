//! A customer's tags.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AddTags, RemoveTag};
use crate::domain::customer_query::CustomerQuery;
use crate::paths;
use crate::ui::form::{Form, Sending};
use crate::ui::icon::Icon;

/// Shows the tags, each a way to all customers with it, and takes new ones.
#[component]
pub fn Tags(
    /// The tags.
    tags: Vec<String>,
    /// The customer's part of the address.
    slug: String,
) -> impl IntoView {
    let add = Sending::to(AddTags::PATH);
    let remove = Sending::to(RemoveTag::PATH);
    let wrong = add.wrong_besides(&[]);
    let phone = slug.clone();
    let tag = move |tag: String| {
        let with_it = CustomerQuery {
            tag: Some(tag.clone()),
            ..CustomerQuery::default()
        };
        let label = format!("Remove the tag {tag}");
        let (name, phone) = (tag.clone(), slug.clone());
        view! {
            <li class="tag">
                <a class="tag__name" href=paths::customers(&with_it)><bdi>{name}</bdi></a>
                <Form to=remove>
                    <input type="hidden" name="phone" value=phone />
                    <input type="hidden" name="tag" value=tag />
                    <button class="tag__remove" type="submit" title=label.clone() aria-label=label>
                        <Icon name="x" />
                    </button>
                </Form>
            </li>
        }
    };
    view! {
        <section class="panel" aria-labelledby="tags-title">
            <h2 class="panel__title" id="tags-title">"Tags"</h2>
            <ul class="tags">{tags.into_iter().map(tag).collect_view()}</ul>
            <Form to=add class="panel__form" anew=true>
                <input type="hidden" name="phone" value=phone />
                <label class="visually-hidden" for="new-tags">"New tags, with commas between them"</label>
                <input class="input" id="new-tags" name="tags" placeholder="wholesale, birthday in May" autocomplete="off" />
                <button class="button" type="submit">"Add tags"</button>
            </Form>
            <p class="form__error" role="alert">{move || wrong.get()}</p>
        </section>
    }
    .into_any()
}
