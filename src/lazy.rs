//! The pages whose code a browser loads when it first goes to one of them, in two parts: the daily work, and what only
//! some do now and then. What everybody begins with comes at once (decision 23).

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::LazyRoute;
use leptos_router::hooks::use_location;

use crate::auth::{LoginPage, WelcomePage};
use crate::customers::{CustomerPage, CustomersPage};
use crate::imports::{ImportPage, ImportsPage};
use crate::orders::{OrderFormPage, OrdersPage};
use crate::outreach::{QueuePage, QueuesPage};
use crate::palette::FindPage;
use crate::settings::{AccountPage, AuditPage, ConnectionsPage, MessagesPage, PeoplePage, QualityPage, SettingsPage};
use crate::ui::later::pause;
use crate::ui::title::LastPage;

macro_rules! lazy {
    ($($part:ident: $($route:ident shows $page:ident by $load:ident after $preload:ident),+;)*) => {$($(
        #[doc = concat!("Loads and shows [`", stringify!($page), "`].")]
        pub struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(this: Self) -> AnyView {
                let $route = this;
                shown(stringify!($part), $load()).await
            }

            async fn preload() {
                // Where it fails, the view asks again, and does something about it.
                let _ = $preload().await;
            }
        }

        #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload($preload), fallible)]
        fn $load() -> Result<AnyView, SplitLoaderError> {
            Ok(view! { <$page /> }.into_any())
        }
    )+)*};
}

lazy! {
    book:
        Login shows LoginPage by login after load_login,
        Customer shows CustomerPage by customer after load_customer,
        Orders shows OrdersPage by orders after load_orders,
        OrderForm shows OrderFormPage by order_form after load_order_form,
        Queues shows QueuesPage by queues after load_queues,
        Queue shows QueuePage by queue after load_queue;
    office:
        Imports shows ImportsPage by imports after load_imports,
        Import shows ImportPage by import after load_import,
        Settings shows SettingsPage by settings after load_settings,
        Connections shows ConnectionsPage by connections after load_connections,
        People shows PeoplePage by people after load_people,
        Account shows AccountPage by account after load_account,
        Welcome shows WelcomePage by welcome after load_welcome,
        Audit shows AuditPage by audit after load_audit,
        Messages shows MessagesPage by messages after load_messages,
        Quality shows QualityPage by quality after load_quality,
        Find shows FindPage by find after load_find;
}

/// Shows [`CustomersPage`], whose code is here already. A moment lies between the router and the page that it finds: a cheap
/// phone is kept busy by the two of them one after the other, not by both in one go.
pub struct Customers;

impl LazyRoute for Customers {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        view! { <CustomersPage /> }.into_any()
    }

    async fn preload() {
        if cfg!(target_family = "wasm") {
            pause().await;
        }
    }
}

/// Shows a page when its part is here; where it cannot be had the browser loads the page as without JavaScript, and
/// says itself what is wrong.
async fn shown(part: &'static str, page: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> AnyView {
    leptos::prefetch_lazy_fn_on_server(part);
    // The address bar still has the page that is being left.
    let here = use_location();
    let address = here.pathname.get_untracked() + &here.search.get_untracked();
    let is_first = use_context::<LastPage>().is_none_or(LastPage::is_none);
    match page.await {
        Ok(page) => page,
        // It stays as the server has sent it, and its links the browser's: loaded again, it would ask for its part again,
        // for ever.
        Err(_) if is_first => std::future::pending().await,
        Err(_) => {
            // A browser that does not go leaves the reader with an empty page, whose frame works.
            let _ = window().location().set_href(&address);
            ().into_any()
        }
    }
}
