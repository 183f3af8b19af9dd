//! Boxes that choose something of a list.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

use super::later::is_taking_over;

/// Lets a box show whether its thing is chosen. What was ticked before the page was taken over is chosen, not unticked.
pub fn follow(input: NodeRef<html::Input>, is_chosen: impl Fn() -> bool + 'static, choose: impl Fn(bool) + 'static) {
    // Otherwise a tick is of another thing, whose row this one is shown in now.
    let was_sent = is_taking_over();
    Effect::new(move |before: Option<()>| {
        let Some(input) = input.get() else { return };
        let input: &HtmlInputElement = &input;
        if before.is_none() && was_sent && input.checked() {
            choose(true);
        }
        input.set_checked(is_chosen());
    });
}
