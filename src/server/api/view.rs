//! What the API says of orders and customers.

use chrono::SecondsFormat;
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::customer::Customer;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::page::Page;
use crate::domain::phone::Phone;
use crate::domain::segment::{Activity, Segment};
use crate::server::config::Shop;

/// An order.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OrderView {
    /// The shop's own number.
    number: String,
    /// When it was placed.
    #[schema(format = DateTime)]
    placed_at: String,
    /// Whose it is: the last part of `/api/v1/customers/{phone}`.
    customer: String,
    /// The customer's name as written on it.
    name: String,
    /// The phone in E.164; null where what was written is no number.
    phone: Option<String>,
    /// The phone as it was written.
    phone_written: String,
    /// The other number, where two were written.
    other_phone: Option<String>,
    /// The `WhatsApp` number, where one was given.
    whatsapp: Option<String>,
    /// What it comes to, in naira with two decimals.
    #[schema(pattern = "^[0-9]+\\.[0-9]{2}$", example = "12500.50")]
    amount: String,
    /// Where it stands.
    #[schema(value_type = StatusName)]
    status: &'static str,
    /// Where it came from.
    #[schema(value_type = SourceName)]
    source: &'static str,
    /// The city it goes to.
    city: String,
    /// The state it goes to.
    state: String,
    /// The delivery address.
    address: String,
    /// Who sold it.
    sales_rep: String,
    /// What was ordered.
    items: String,
}

/// Where an order stands.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "it describes the names that `Status` writes")]
pub enum StatusName {
    New,
    Confirmed,
    Dispatched,
    Delivered,
    Postponed,
    Cancelled,
    Returned,
}

/// Where an order came from.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "it describes the names that `Source` writes")]
pub enum SourceName {
    Facebook,
    Tiktok,
    Whatsapp,
    Website,
    Other,
}

fn time(at: chrono::DateTime<chrono::Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn number(phone: Option<&Phone>) -> Option<String> {
    Some(phone?.e164_str()?.to_owned())
}

impl From<Order> for OrderView {
    fn from(order: Order) -> Self {
        Self {
            number: order.number,
            placed_at: time(order.placed_at),
            customer: order.phone.to_slug(),
            name: order.name,
            phone: number(Some(&order.phone)),
            phone_written: order.phone_raw,
            other_phone: number(order.other_phone.as_ref()),
            whatsapp: number(order.whatsapp.as_ref()),
            amount: order.amount.to_plain(),
            status: order.status.as_str(),
            source: order.source.as_str(),
            city: order.city,
            state: order.state,
            address: order.address,
            sales_rep: order.sales_rep,
            items: order.items,
        }
    }
}

/// A page of orders.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderPage {
    /// The orders; none past the last page.
    pub orders: Vec<OrderView>,
    #[serde(flatten)]
    #[schema(inline)]
    pub paging: Paging,
}

/// Where a page stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Paging {
    /// Which page it is; the first is 1.
    pub page: i64,
    /// How many pages there are, at least one.
    pub pages: i64,
    /// How many rows a full page has.
    pub size: i64,
    /// How many there are on all pages.
    pub total: i64,
}

impl Paging {
    /// Describes a page; `asked` is the one that was asked for, which may lie past the end.
    pub fn of<T>(found: &Page<T>, asked: i64) -> Self {
        Self {
            page: asked,
            pages: found.pages(),
            size: found.size.get(),
            total: found.total,
        }
    }

    /// Tells whether the list reaches this page: whoever reads page by page has to come to an end.
    pub fn has_rows(&self) -> bool {
        self.page <= self.pages
    }
}

/// A customer: all orders of one phone, or of several that the shop has merged.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerView {
    /// The last part of the customer's address here: `/api/v1/customers/{id}`.
    id: String,
    /// The phone in E.164; null where what stands on the orders is no number.
    phone: Option<String>,
    /// The phone as people read it.
    phone_shown: String,
    /// The customer's name.
    name: String,
    /// The `WhatsApp` number, where it is another one.
    whatsapp: Option<String>,
    /// Orders that are neither cancelled nor returned.
    orders: i64,
    /// Cancelled and returned orders.
    lost_orders: i64,
    /// What the orders that are not lost come to: the lifetime value, in naira.
    #[schema(pattern = "^[0-9]+\\.[0-9]{2}$")]
    total_spent: String,
    /// What delivered orders come to.
    earned: String,
    /// What orders on their way come to.
    open: String,
    /// What cancelled and returned orders come to.
    lost: String,
    /// The average order value; null without an order that counts.
    average_order: Option<String>,
    /// When the first order was placed.
    #[schema(format = DateTime)]
    first_order: String,
    /// When the last order was placed.
    #[schema(format = DateTime)]
    last_order: String,
    /// Whether the last order is at most 30 days old, unless the shop counts otherwise.
    active: bool,
    /// The segments that the customer is in: `vip`, `repeat`, `one_time`, `at_risk`.
    segments: Vec<&'static str>,
    /// The preferred source.
    #[schema(value_type = SourceName)]
    source: &'static str,
    /// The city.
    city: String,
    /// The state.
    state: String,
    /// The tags.
    tags: Vec<String>,
}

impl CustomerView {
    /// Puts a customer into words, as the shop's clock and settings see them now.
    pub fn new(customer: &Customer, shop: &Shop, now: chrono::DateTime<chrono::Utc>) -> Self {
        let segments = customer.segments(now, &shop.zone, &shop.thresholds);
        Self {
            id: customer.phone.to_slug(),
            phone: number(Some(&customer.phone)),
            phone_shown: customer.phone.display(),
            name: customer.name.clone(),
            whatsapp: number(customer.whatsapp.as_ref()),
            orders: customer.orders(),
            lost_orders: customer.lost_orders,
            total_spent: customer.spent().to_plain(),
            earned: customer.earned.to_plain(),
            open: customer.open.to_plain(),
            lost: customer.lost.to_plain(),
            average_order: customer.aov().map(Money::to_plain),
            first_order: time(customer.first_order),
            last_order: time(customer.last_order),
            active: customer.activity(now, &shop.zone, &shop.thresholds) == Activity::Active,
            segments: segments.into_iter().map(Segment::as_str).collect(),
            source: customer.source.as_str(),
            city: customer.city.clone(),
            state: customer.state.clone(),
            tags: customer.tags.clone(),
        }
    }
}

/// A page of customers.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerPage {
    /// The customers; none past the last page.
    pub customers: Vec<CustomerView>,
    #[serde(flatten)]
    #[schema(inline)]
    pub paging: Paging,
}
