//! The program that takes over the page: fetched once the page can be read, which is what people have come for.

use leptos::prelude::*;

/// Runs once the document is here. A page in the background is not painted until somebody looks at it.
const AFTER_PAINT: &str = "const start=()=>{const it=document.getElementById('program');\
    it.replaceWith(it.content)};\
    if(document.hidden)start();else requestAnimationFrame(()=>setTimeout(start))";

/// Puts the program into the head, where it waits for the first paint.
#[component]
pub fn Program(
    /// Where its files are.
    options: LeptosOptions,
) -> impl IntoView {
    view! {
        // What is in a template is neither fetched nor run.
        <template id="program">
            <HydrationScripts options />
        </template>
        <script type="module" nonce=leptos::nonce::use_nonce()>{AFTER_PAINT}</script>
    }
}
