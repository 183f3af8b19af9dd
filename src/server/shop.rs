//! The shop's settings as every server process follows them: what is stored, and what the server was started with where
//! nothing is.

mod effect;
mod form;
mod iso;
mod setting;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use parking_lot::RwLock;

pub use form::{page, said, save, undo};

use self::setting::{Setting, values};
use super::config::Shop;
use super::db::Db;
use super::error::ServerError;
use super::state::AppState;
use super::store::settings::{self, PLACES, VERSION, Values};
use crate::domain::money::currency;
use crate::error::AppError;

/// The settings that hold now; cheap to clone.
#[derive(Clone)]
pub struct CurrentShop {
    db: Db,
    first: Arc<Shop>,
    now: Arc<RwLock<Arc<Shop>>>,
}

impl CurrentShop {
    /// Follows a database; `first` holds where nothing is stored.
    pub fn new(db: Db, first: Shop) -> Self {
        let first = Arc::new(first);
        currency::show_in(&first.currency);
        Self {
            db,
            now: Arc::new(RwLock::new(first.clone())),
            first,
        }
    }

    /// Returns the settings as they were at the latest look.
    pub fn now(&self) -> Arc<Shop> {
        self.now.read().clone()
    }

    /// Looks at what is stored, and returns the settings.
    pub async fn follow(&self) -> Result<Arc<Shop>, ServerError> {
        let stored = stored_over(&self.first, &settings::stored(&self.db).await?);
        let mut now = self.now.write();
        // A look that began earlier may end later.
        let is_later = (stored.version, stored.places_version) >= (now.version, now.places_version);
        if is_later && stored != **now {
            currency::show_in(&stored.currency);
            *now = Arc::new(stored);
        }
        Ok(now.clone())
    }

    fn first(&self) -> Values {
        values(&self.first)
    }
}

/// Returns a shop with what is stored in place of what it was started with, and shows amounts in its currency.
pub async fn of(db: &Db, first: Shop) -> Result<Shop, ServerError> {
    let shop = stored_over(&first, &settings::stored(db).await?);
    currency::show_in(&shop.currency);
    Ok(shop)
}

/// What another program has stored and nobody could have typed leaves a setting as it was started with.
fn stored_over(first: &Shop, stored: &Values) -> Shop {
    let mut shop = first.clone();
    for setting in Setting::ALL {
        if let Some(value) = stored.get(setting.name()) {
            // A value that cannot be read is told when somebody opens the page: it shows what holds instead.
            let _ = setting.read(value, &mut shop);
        }
    }
    shop.places = Arc::new(settings::places(stored));
    let number = |name| {
        stored
            .get(name)
            .and_then(|number| number.parse().ok())
            .unwrap_or_default()
    };
    (shop.version, shop.places_version) = (number(VERSION), number(PLACES));
    shop
}

/// Looks at the shop's settings before anything answers a request: whatever was committed before it holds for it, in
/// every process.
pub async fn follow(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match state.current_shop().follow().await {
        Ok(_) => next.run(request).await,
        Err(error) => {
            let answer = AppError::from(error);
            let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            (status, [("retry-after", "2")], answer.to_string()).into_response()
        }
    }
}
