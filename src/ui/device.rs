//! What the page keeps on this device, and the connection over which it hears of changes: `public/device.js` does both,
//! on live pages and on kept ones.

use leptos::prelude::*;

/// Puts the script into the head.
#[component]
pub fn DeviceScript() -> impl IntoView {
    view! { <script nonce=leptos::nonce::use_nonce() src="/device.js" defer></script> }
}

/// The switch for keeping customers here; the script shows it where the browser can do that.
#[component]
pub fn KeepSwitch() -> impl IntoView {
    view! {
        <label class="menu__item keep" data-keep="" hidden>
            <input type="checkbox" />
            <span>
                "Keep customers on this device"
                <span class="keep__note">"Readable without a connection, until you sign out"</span>
            </span>
        </label>
    }
    .into_any()
}
