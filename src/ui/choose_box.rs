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
    Effect::new(move |before: Option<()>| {
        let is_chosen = is_chosen();
        let Some(input) = input.get() else { return };
        if before.is_none() && was_sent && input.checked() {
            afterwards(move || {
                // Of a page that has gone nothing is chosen.
                if let (true, Ok(change)) = (input.is_connected(), Event::new("change")) {
                    // Others that were ticked may have been heard of before, and unticked this one.
                    input.set_checked(true);
                    let _ = input.dispatch_event(&change);
                }
            });
        } else {
            input.set_checked(is_chosen);
        }
    });
}
