//! The document, the frame of every page, and the route table.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, Link, MetaTags, Title, provide_meta_context};
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::frame::Frame;
use crate::lazy;
use crate::paths;
use crate::ui::currency;
use crate::ui::device::DeviceScript;
use crate::ui::not_found::NotFound;
use crate::ui::program::Program;
use crate::ui::theme::ThemeScript;
use crate::ui::title::{BEHIND, LastPage, sent_title};

/// The HTML document around the application.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en" data-currency=currency::code()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f8f6f1" />
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121310" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="apple-touch-icon" href="/icons/apple-touch.png" />
                <ThemeScript />
                <DeviceScript />
                <AutoReload options=options.clone() />
                <HashedStylesheet id="onibara" options=options.clone() />
                <Program options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The application: the same on the server and in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(LastPage::none());
    view! {
        <Title text=sent_title() formatter=|title: String| title + BEHIND />
        <Link rel="icon" type_="image/svg+xml" href="/favicon.svg" />
        <Router>
            // Every route waits for its data: with out-of-order streaming a reader without JavaScript would see
            // skeletons for ever.
            <Routes fallback=NotFound>
                <Route path=path!("/login") view={Lazy::<lazy::Login>::new()} ssr=SsrMode::Async />
                <Route path=path!("/welcome") view={Lazy::<lazy::Welcome>::new()} ssr=SsrMode::Async />
                <ParentRoute path=path!("/dashboard/admin") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("customers") view={Lazy::<lazy::Customers>::new()} ssr=SsrMode::Async />
                    <Route path=path!("customers/:phone") view={Lazy::<lazy::Customer>::new()} ssr=SsrMode::Async />
                    <Route path=path!("orders") view={Lazy::<lazy::Orders>::new()} ssr=SsrMode::Async />
                    <Route path=path!("orders/order") view={Lazy::<lazy::OrderForm>::new()} ssr=SsrMode::Async />
                    <Route path=path!("import") view={Lazy::<lazy::Imports>::new()} ssr=SsrMode::Async />
                    <Route path=path!("import/:id") view={Lazy::<lazy::Import>::new()} ssr=SsrMode::Async />
                    <Route path=path!("queues") view={Lazy::<lazy::Queues>::new()} ssr=SsrMode::Async />
                    <Route path=path!("queues/:id") view={Lazy::<lazy::Queue>::new()} ssr=SsrMode::Async />
                    <Route path=path!("find") view={Lazy::<lazy::Find>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings") view={Lazy::<lazy::Settings>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings/connections") view={Lazy::<lazy::Connections>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings/people") view={Lazy::<lazy::People>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings/account") view={Lazy::<lazy::Account>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings/audit") view={Lazy::<lazy::Audit>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings/messages") view={Lazy::<lazy::Messages>::new()} ssr=SsrMode::Async />
                    <Route path=path!("settings/quality") view={Lazy::<lazy::Quality>::new()} ssr=SsrMode::Async />
                </ParentRoute>
                <Route path=path!("/") view=ToCustomers ssr=SsrMode::Async />
                <Route path=path!("/dashboard") view=ToCustomers ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

#[component]
fn ToCustomers() -> impl IntoView {
    view! { <Redirect path=paths::CUSTOMERS /> }
}
