//! The shop's settings, and those of the server, which are read once at start.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use chrono_tz::Tz;
use leptos::config::LeptosOptions;

use crate::domain::page::PageSize;
use crate::domain::segment::Thresholds;

/// What the shop has decided about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// The name in the sidebar and in titles.
    pub name: String,
    /// The zone whose days, weeks and months count.
    pub zone: Tz,
    /// The country of phone numbers that do not name one, as an ISO 3166 code.
    pub country: String,
    /// The one currency of all amounts, as an ISO 4217 code.
    pub currency: String,
    /// How many rows a page of a list has, where nobody has chosen another number.
    pub page_size: PageSize,
    /// When a customer is active, at risk, or a VIP.
    pub thresholds: Thresholds,
    /// Which states the spellings mean that are none, by the folded spelling.
    pub places: Arc<BTreeMap<String, String>>,
    /// Which change of what spellings mean this is; 0 before the first one.
    pub places_version: i64,
    /// Which change of the other settings this is; 0 before the first one.
    pub version: i64,
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            name: "My shop".to_owned(),
            zone: Tz::Africa__Lagos,
            country: "NG".to_owned(),
            currency: "NGN".to_owned(),
            page_size: PageSize::default(),
            thresholds: Thresholds::default(),
            places: Arc::default(),
            places_version: 0,
            version: 0,
        }
    }
}

impl Shop {
    /// Names all that figures depend on besides the orders: answers that are kept are kept under it.
    pub fn mark(&self) -> String {
        let limits = &self.thresholds;
        format!(
            "{} {} {} {} {}",
            self.zone, limits.active_days, limits.at_risk_days, limits.vip_orders, limits.vip_spend.0
        )
    }
}

/// Reads how Leptos finds the site's files: `Leptos.toml` where there is one, then `LEPTOS_*` variables.
pub fn leptos_options(addr: SocketAddr) -> Result<LeptosOptions, String> {
    let file = std::path::Path::new("Leptos.toml");
    let found = leptos::config::get_configuration(file.exists().then_some("Leptos.toml"));
    let mut options = found
        .map_err(|error| format!("Leptos.toml cannot be read: {error}"))?
        .leptos_options;
    options.site_addr = addr;
    Ok(options)
}
