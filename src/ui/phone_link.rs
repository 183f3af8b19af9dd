//! A phone that can be called or messaged in one tap.

use leptos::prelude::*;

use super::icon::Icon;

/// The two ways to reach a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Opens a WhatsApp chat.
    WhatsApp,
    /// Dials the number.
    Call,
}

/// A button that reaches a phone, or says why it cannot.
#[component]
pub fn ReachButton(
    /// How.
    how: Reach,
    /// The link, where the number can be reached.
    link: Option<String>,
    /// The number as people read it, to say why it cannot.
    #[prop(into)]
    number: String,
    /// Whose phone it is, for those who cannot see the row.
    #[prop(into)]
    name: String,
    /// Whether they have said that they want no messages.
    #[prop(optional)]
    unwanted: bool,
) -> impl IntoView {
    // The key presses the button of the row in hand.
    let (icon, verb, key) = match how {
        Reach::WhatsApp => ("message-circle", "WhatsApp", "w"),
        Reach::Call => ("phone", "Call", "c"),
    };
    let Some(href) = link else {
        let reason = if unwanted {
            format!("{name} wants no messages")
        } else {
            format!("“{number}” is not a valid number")
        };
        let title = format!("{verb}: {reason}");
        // One page may show a customer twice, and both say the same.
        let digits: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        let (id, why) = (format!("why-{key}-{digits}"), format!("why-{key}-{digits}"));
        return view! {
            <button class="button button--icon" type="button" aria-disabled="true" title=title aria-describedby=why>
                <Icon name=icon />
                <span class="button__label">{verb}</span>
                <span class="visually-hidden" id=id>{reason}</span>
            </button>
        }
        .into_any();
    };
    let title = format!("{verb} {name}");
    let (target, rel) = if how == Reach::WhatsApp {
        (Some("_blank"), Some("noopener"))
    } else {
        (None, None)
    };
    view! {
        <a class="button button--icon" href=href target=target rel=rel title=title data-key=key>
            <Icon name=icon />
            <span class="button__label">{verb}</span>
            <span class="visually-hidden">" " {name}</span>
        </a>
    }
    .into_any()
}
