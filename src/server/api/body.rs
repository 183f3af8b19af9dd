//! Orders as other programs send them.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::amount::{self, Amount};
use super::problem::{FieldError, Problem};
use crate::domain::order_form::OrderForm;
use crate::server::store::orders::BATCH;

/// An order. Its texts are read by the rules of imported files.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OrderInput {
    /// The shop's own number, which no other order has; at most 100 characters.
    #[schema(required = true, min_length = 1, example = "W-1001")]
    number: String,
    /// When it was placed, in RFC 3339; not more than 24 hours ahead.
    #[schema(required = true, format = DateTime, example = "2026-10-05T14:30:00+01:00")]
    placed_at: String,
    /// The customer's phone in any spelling, or two with a slash between them; at most 100 characters.
    #[schema(required = true, min_length = 1, example = "0803 123 4567")]
    phone: String,
    /// What it comes to.
    #[schema(required = true, schema_with = amount::schema)]
    amount: Option<Amount>,
    /// The currency of the amount, if it is to be checked: the shop's is NGN unless it says otherwise.
    currency: Option<String>,
    /// The customer's name.
    #[schema(example = "Adébáyò Okafor")]
    name: Option<String>,
    /// The customer's `WhatsApp` number, where it is another one.
    whatsapp: Option<String>,
    /// `new` (unless something else is said), `confirmed`, `dispatched`, `delivered`, `postponed`, `cancelled`,
    /// `returned`, or what shop systems call these.
    #[schema(example = "confirmed")]
    status: Option<String>,
    /// `facebook`, `tiktok`, `whatsapp` or `website`; anything else is `other`.
    #[schema(example = "website")]
    source: Option<String>,
    /// The city it goes to.
    city: Option<String>,
    /// The state it goes to.
    state: Option<String>,
    /// The delivery address.
    address: Option<String>,
    /// Who sold it.
    sales_rep: Option<String>,
    /// What was ordered.
    #[schema(example = "2 × Shea butter; Soap")]
    items: Option<String>,
}

impl OrderInput {
    /// Returns the number as it was sent, shortened.
    pub fn number(&self) -> String {
        crate::server::import::shorten(&self.number)
    }

    /// Returns the order as a form has it, and the currency that it names.
    pub fn into_form(self) -> (OrderForm, String) {
        let form = OrderForm {
            number: self.number,
            date: self.placed_at,
            name: self.name.unwrap_or_default(),
            phone: self.phone,
            whatsapp: self.whatsapp.unwrap_or_default(),
            amount: self.amount.map(|amount| amount.0).unwrap_or_default(),
            status: self.status.unwrap_or_default(),
            source: self.source.unwrap_or_default(),
            city: self.city.unwrap_or_default(),
            state: self.state.unwrap_or_default(),
            address: self.address.unwrap_or_default(),
            sales_rep: self.sales_rep.unwrap_or_default(),
            items: self.items.unwrap_or_default(),
            seen: String::new(),
        };
        (form, self.currency.unwrap_or_default())
    }
}

/// Several orders.
#[derive(Debug, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it describes what `orders` reads")]
pub struct Batch {
    /// One to a thousand orders; of two with one number the later one counts.
    #[schema(min_items = 1, max_items = 1000)]
    pub orders: Vec<OrderInput>,
}

/// One order or several.
#[derive(Debug, ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it describes what `orders` reads")]
pub enum OneOrMany {
    /// One.
    One(Box<OrderInput>),
    /// Several.
    Many(Batch),
}

/// The fields of an order that are to be changed; what is left out stays, what is null or empty is emptied.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OrderChange {
    /// When it was placed, in RFC 3339.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, format = DateTime)]
    pub placed_at: Option<String>,
    /// The customer's phone.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, min_length = 1)]
    pub phone: Option<String>,
    /// What it comes to.
    #[serde(deserialize_with = "given")]
    #[schema(schema_with = amount::schema)]
    pub amount: Option<Amount>,
    /// Where it stands.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = String, min_length = 1, example = "delivered")]
    pub status: Option<String>,
    /// Where it came from.
    #[serde(deserialize_with = "or_empty")]
    pub source: Option<String>,
    /// The customer's name.
    #[serde(deserialize_with = "or_empty")]
    pub name: Option<String>,
    /// The customer's `WhatsApp` number.
    #[serde(deserialize_with = "or_empty")]
    pub whatsapp: Option<String>,
    /// The city it goes to.
    #[serde(deserialize_with = "or_empty")]
    pub city: Option<String>,
    /// The state it goes to.
    #[serde(deserialize_with = "or_empty")]
    pub state: Option<String>,
    /// The delivery address.
    #[serde(deserialize_with = "or_empty")]
    pub address: Option<String>,
    /// Who sold it.
    #[serde(deserialize_with = "or_empty")]
    pub sales_rep: Option<String>,
    /// What was ordered.
    #[serde(deserialize_with = "or_empty")]
    pub items: Option<String>,
}

fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

fn or_empty<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Some(Option::<String>::deserialize(from)?.unwrap_or_default()))
}

/// What a body holds.
pub enum Sent {
    /// One order.
    One(Box<OrderInput>),
    /// Several, each for itself.
    Many(Vec<Result<OrderInput, FieldError>>),
}

/// Reads the body of a request that brings orders.
pub fn orders(headers: &HeaderMap, body: &[u8]) -> Result<Sent, Problem> {
    let text = json(headers, body)?;
    let mut fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    let Some(orders) = fields.remove("orders") else {
        let order = read(text).map_err(|error| Problem::fields(vec![error]))?;
        return Ok(Sent::One(Box::new(order)));
    };
    let refused = |field: &str, value: &str, reason: &str| Problem::fields(vec![FieldError::new(field, value, reason)]);
    if let Some((name, value)) = fields.first_key_value() {
        return Err(refused(name, value.get(), "This field is not known beside orders."));
    }
    let orders: Vec<Box<RawValue>> =
        serde_json::from_str(orders.get()).map_err(|_| refused("orders", orders.get(), "It is not a list."))?;
    if orders.is_empty() || orders.len() > BATCH {
        let count = orders.len().to_string();
        return Err(refused("orders", &count, "Send one to a thousand orders at once."));
    }
    Ok(Sent::Many(orders.iter().map(|order| read(order.get())).collect()))
}

/// Reads the body of a request that changes an order.
pub fn change(headers: &HeaderMap, body: &[u8]) -> Result<OrderChange, Problem> {
    let text = json(headers, body)?;
    let _: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    read(text).map_err(|error| Problem::fields(vec![error]))
}

fn json<'a>(headers: &HeaderMap, body: &'a [u8]) -> Result<&'a str, Problem> {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(|value| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
    if media_type.as_deref() != Some("application/json") {
        let detail = "Send JSON, with Content-Type: application/json.";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    std::str::from_utf8(body).map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "The body is not UTF-8."))
}

/// Reads an object with known fields, or says which one is wrong.
fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, FieldError> {
    let mut from = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut from).map_err(|error| {
        let field = error.path().to_string();
        let fields: Option<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(text).ok();
        let value = fields.as_ref().and_then(|fields| fields.get(&field));
        let value = value.map_or("", |value| value.get());
        let reason = format!("It cannot be read: {}.", without_place(&error.inner().to_string()));
        FieldError::new(if field == "." { "body" } else { &field }, value, reason)
    })
}

fn broken(error: &serde_json::Error) -> Problem {
    if error.is_data() {
        return Problem::fields(vec![FieldError::new("body", "", "It is not an object.")]);
    }
    let detail = format!("The body is not JSON: {error}.");
    Problem::new(StatusCode::BAD_REQUEST, detail)
}

/// Takes off where in the text an error is: the field says it.
fn without_place(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}
