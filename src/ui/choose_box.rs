//! Boxes that choose something of a list.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::Event;

use super::later::{afterwards, is_taking_over};

/// Lets a box show whether its thing is chosen. What was ticked before the page was taken over is chosen, not unticked:
/// once everything is taken over, the box hears of its change.
pub fn follow(input: NodeRef<html::Input>, is_chosen: impl Fn() -> bool + 'static) {
    // Otherwise a tick is of another thing, whose row this one is shown in now.
    let was_sent = is_taking_over();
    let ticked_early = StoredValue::new(false);
    Effect::new(move |before: Option<()>| {
        let is_chosen = is_chosen();
        let Some(input) = input.get() else { return };
        if before.is_none() && was_sent && input.checked() {
            ticked_early.set_value(true);
            afterwards(move || {
                // Of a page that has gone nothing is chosen.
                if ticked_early.try_set_value(false).is_none()
                    && input.checked()
                    && let Ok(change) = Event::new("change")
                {
                    let _ = input.dispatch_event(&change);
                }
            });
        } else if !ticked_early.get_value() {
            input.set_checked(is_chosen);
        }
    });
}
