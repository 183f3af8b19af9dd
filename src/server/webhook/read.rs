//! What both shop systems have in common: an order as a row of a file, and what cannot be taken.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::order_form::OrderForm;
use crate::server::api;
use crate::server::config::Shop;
use crate::server::import::Options;
use crate::server::store::orders::News;

/// A name and an address, as both systems write them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// The first line of the address.
    #[serde(alias = "address_1")]
    pub address1: Option<String>,
    /// The second line.
    #[serde(alias = "address_2")]
    pub address2: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The state: a name, or a code of the country's.
    #[serde(alias = "province")]
    pub state: Option<String>,
    /// The country: its code, or with a code beside it its name.
    pub country: Option<String>,
    /// The country's code.
    pub country_code: Option<String>,
}

impl Contact {
    /// Returns the whole name.
    pub fn name(&self) -> String {
        [text(self.first_name.as_ref()), text(self.last_name.as_ref())]
            .join(" ")
            .trim()
            .to_owned()
    }

    /// Tells whether it says where to deliver to.
    pub fn is_place(&self) -> bool {
        [&self.address1, &self.city, &self.state]
            .into_iter()
            .any(|part| !text(part.as_ref()).is_empty())
    }

    /// Puts city, state and address into a form.
    pub fn place(&self, form: &mut OrderForm, home: &str) {
        let state = text(self.state.as_ref());
        let country = first([text(self.country_code.as_ref()), text(self.country.as_ref())]);
        let abroad = !country.is_empty() && country != home && country.len() == 2;
        text(self.city.as_ref()).clone_into(&mut form.city);
        // Codes of other countries mean states of this one: DE is Delta here and Delaware there.
        form.state = if abroad && !state.is_empty() {
            format!("{state}, {country}")
        } else {
            state.to_owned()
        };
        let lines = [text(self.address1.as_ref()), text(self.address2.as_ref())];
        lines.join("\n").trim().clone_into(&mut form.address);
    }
}

/// Returns a text that may be missing.
pub fn text(given: Option<&String>) -> &str {
    given.map_or("", |given| given.trim())
}

/// Returns the first text that says something.
pub fn first<'a>(texts: impl IntoIterator<Item = &'a str>) -> &'a str {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// Writes how many of what: `2 × Shea butter`.
pub fn item(quantity: i64, name: &str) -> String {
    let name = html_escape::decode_html_entities(name);
    if quantity == 1 {
        name.into_owned()
    } else {
        format!("{quantity} × {name}")
    }
}

/// Returns what is left of an amount after refunds; none where nothing is, or where it is no amount.
pub fn after_refunds(total: &str, refunds: impl IntoIterator<Item = String>) -> Option<Money> {
    let total = Money::parse(total).ok()?;
    let mut left = total;
    for refund in refunds {
        left.0 -= Money::parse(refund.trim_start_matches('-')).ok()?.0;
    }
    (left.0 > 0).then_some(left)
}

/// Why nothing is taken in.
pub fn nothing(number: &str, result: &'static str, reason: impl Into<String>) -> News {
    News::Nothing {
        number: crate::server::import::shorten(number),
        result,
        reason: reason.into(),
    }
}

/// Reads an order by the rules of files; what is wrong is said without what stands there, which may be a name or phone.
pub fn order(form: &OrderForm, currency: &str, shop: &Shop, now: DateTime<Utc>) -> Result<Order, News> {
    let options = Options::of(shop, now);
    if currency.trim().is_empty() {
        return Err(nothing(&form.number, "refused", "The order names no currency."));
    }
    api::through_import(form, currency, &options).map_err(|errors| {
        let said = errors.into_iter().map(|error| {
            // A currency is nobody's secret, and what has to be changed.
            let value = if error.field == "currency" {
                format!(" {}", error.value)
            } else {
                String::new()
            };
            format!("{}{value}: {}", error.field, error.reason)
        });
        nothing(&form.number, "refused", said.collect::<Vec<_>>().join(" "))
    })
}

/// The order that was deleted, as both platforms send it.
#[derive(Deserialize)]
struct Deleted {
    id: u64,
}

/// Reads the delivery that an order was deleted.
pub fn deleted(body: &[u8]) -> News {
    serde_json::from_slice::<Deleted>(body).map_or_else(
        |_| nothing("", "refused", "The body is not that of a deleted order."),
        |deleted| News::Deleted {
            external_id: deleted.id.to_string(),
        },
    )
}
