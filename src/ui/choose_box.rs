//! Boxes that choose something of a list.

use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::HtmlInputElement;

/// Lets a box show whether its thing is chosen. What was ticked before the page was taken over is chosen, not unticked.
pub fn follow(input: NodeRef<html::Input>, is_chosen: impl Fn() -> bool + 'static, choose: impl Fn(bool) + 'static) {
    Effect::new(move |before: Option<()>| {
        let Some(input) = input.get() else { return };
        let input: &HtmlInputElement = &input;
        if before.is_none() && input.checked() {
            choose(true);
        }
        input.set_checked(is_chosen());
    });
}
