//! The heading of a page, which takes the focus of whoever comes to it from another page.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use web_sys::HtmlHeadingElement;

/// The address of the page whose heading stood there last; none before the first.
#[derive(Clone, Copy)]
pub struct LastPage(StoredValue<Option<String>>);

impl LastPage {
    /// Begins before the first page.
    pub fn none() -> Self {
        Self(StoredValue::new(None))
    }

    /// Tells whether there has been no page yet.
    pub fn is_none(self) -> bool {
        self.0.with_value(Option::is_none)
    }
}

/// What stands behind the title of every page.
pub const BEHIND: &str = " · Onibara";

/// Returns the title that the document was sent with, which is right until the page that is taken over says its own.
pub fn sent_title() -> String {
    if !cfg!(target_family = "wasm") {
        return String::new();
    }
    let title = document().title();
    title.strip_suffix(BEHIND).unwrap_or(&title).to_owned()
}

/// Leaves the links and forms of the page that the server has sent to the browser (`public/device.js`), until it is taken
/// over and its heading says so: the router would follow them to nowhere.
pub fn leave_links() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(PLAIN, "");
    }
}

/// Says on the document that nothing but the browser follows its links and sends its forms.
const PLAIN: &str = "data-plain";

/// How many frames a heading is waited for; a part of the page that comes late may take several.
const FRAMES: u32 = 120;

/// Takes the focus to the heading of a page, which is made before it is put into the document.
///
/// The address changes once the page is there: until then the heading of the page that is being left may be made anew.
fn focus(title: HtmlHeadingElement, page: String, last: StoredValue<Option<String>>, frames: u32) {
    request_animation_frame(move || {
        let is_here = window().location().pathname().is_ok_and(|here| here == page);
        if is_here && title.is_connected() {
            // Going back, the reader is where they were on the page.
            let top = window().scroll_y().unwrap_or_default();
            let _ = title.focus();
            window().scroll_to_with_x_and_y(0.0, top);
            last.set_value(Some(page));
        } else if frames > 0 {
            focus(title, page, last, frames - 1);
        }
    });
}

/// Shows a page's heading; what stands in while the page is on its way is none, so that the focus is not lost with it.
///
/// A browser takes the focus to a new document's begin; without one, nobody would tell those who do not see the page.
#[component]
pub fn PageTitle(
    /// What it is, for style.
    #[prop(default = "page-header__title")]
    class: &'static str,
    /// The words.
    children: Children,
) -> impl IntoView {
    let title = NodeRef::<html::H1>::new();
    let path = use_location().pathname;
    let last = use_context::<LastPage>();
    Effect::new(move |_| {
        let (Some(title), Some(LastPage(last))) = (title.get(), last) else {
            return;
        };
        let (page, before) = (path.get_untracked(), last.get_value());
        if before.is_some_and(|before| before != page) {
            focus(title, page, last, FRAMES);
        } else {
            last.set_value(Some(page));
            if let Some(root) = document().document_element() {
                let _ = root.remove_attribute(PLAIN);
            }
        }
    });
    view! { <h1 class=class tabindex="-1" node_ref=title>{children()}</h1> }
}
