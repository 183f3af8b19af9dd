//! The only place that spells a URL.

use crate::domain::audit::AuditQuery;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::order_query::OrderQuery;
use crate::domain::page::PageSize;
use crate::domain::period::Period;
use crate::domain::phone::Phone;
use crate::domain::quality::Kind;
use crate::domain::segment::Segment;

mod settings;

pub use settings::*;

/// The sign-in page.
pub const LOGIN: &str = "/login";
/// Where a link leads that sets a password.
pub const WELCOME: &str = "/welcome";
/// The customers page.
pub const CUSTOMERS: &str = "/dashboard/admin/customers";
/// The orders page.
pub const ORDERS: &str = "/dashboard/admin/orders";
/// The form of one order.
pub const ORDER: &str = "/dashboard/admin/orders/order";
/// The part of a customer's page that holds their orders.
pub const ORDERS_BELOW: &str = "orders";
/// The import page.
pub const IMPORT: &str = "/dashboard/admin/import";
/// The queues of customers to be called or messaged.
pub const QUEUES: &str = "/dashboard/admin/queues";
/// The palette as a page.
pub const FIND: &str = "/dashboard/admin/find";
/// Takes a file of orders.
pub const IMPORT_FILE: &str = "/import/file";
/// Tells the open pages what has changed.
pub const LIVE: &str = "/dashboard/admin/live";
/// Sends customers as a file.
pub const EXPORT_CUSTOMERS: &str = "/export/customers";
/// Says how far an export has got.
pub const EXPORT_PROGRESS: &str = "/export/progress";
/// Stops an export.
pub const EXPORT_STOP: &str = "/export/stop";
/// Sends orders as a file.
pub const EXPORT_ORDERS: &str = "/export/orders";

/// Returns the link with which somebody sets a password.
pub fn welcome(token: &str) -> String {
    format!("{WELCOME}/{token}")
}

/// Sends the audit log as a file.
pub const EXPORT_AUDIT: &str = "/export/audit";
/// Sends all that is held about a person as a file.
pub const EXPORT_PERSON: &str = "/export/person";

/// Names the last erasure, for devices that keep pages.
pub const ERASURES: &str = "/kept/erasures";

/// Returns the audit log that shows a query.
pub fn audit(query: &AuditQuery) -> String {
    with_query(AUDIT.to_owned(), &query.to_query_string())
}

/// Returns the customers page that says that a person was erased.
pub fn customer_erased() -> String {
    format!("{CUSTOMERS}?erased=1")
}

/// Returns the customers page that shows a query.
pub fn customers(query: &CustomerQuery) -> String {
    with_query(CUSTOMERS.to_owned(), &query.to_query_string())
}

/// Returns the customers page that shows a segment.
pub fn segment(segment: Segment) -> String {
    customers(&CustomerQuery {
        segment: Some(segment),
        ..CustomerQuery::default()
    })
}

/// Returns the customers page with a view that has a name: also one of all customers says so, for the bare address is
/// the view that a user has chosen to begin with.
pub fn view(query: &CustomerQuery) -> String {
    if *query == CustomerQuery::default() {
        all_customers()
    } else {
        customers(query)
    }
}

/// Returns the customers page with all customers, whatever a user has chosen to begin with.
pub fn all_customers() -> String {
    format!("{CUSTOMERS}?period=all")
}

/// Returns the orders page that shows a query.
pub fn orders(query: &OrderQuery) -> String {
    with_query(ORDERS.to_owned(), &query.to_query_string())
}

fn with_query(page: String, query: &str) -> String {
    if query.is_empty() {
        page
    } else {
        format!("{page}?{query}")
    }
}

/// Returns the form of an order.
pub fn order(number: &str) -> String {
    format!("{ORDER}?number={}", percent_encode(number))
}

/// Returns the form of an order that says that it was saved.
pub fn order_saved(number: &str) -> String {
    format!("{}&saved=1", order(number))
}

/// Returns the orders page with a query as it stands in an address; anything else in it does no harm.
pub fn orders_again(query: &str) -> String {
    orders(&OrderQuery::parse(query))
}

/// Returns the sign-in page that leads on to `next` afterwards.
pub fn login(next: &str) -> String {
    if next == "/" || !is_local(next) {
        return LOGIN.to_owned();
    }
    format!("{LOGIN}?next={}", percent_encode(next))
}

/// Returns where to go after signing in: `next` where it is a path of this site, else the customers page.
pub fn after_login(next: &str) -> &str {
    if is_local(next) && !next.starts_with(LOGIN) {
        next
    } else {
        CUSTOMERS
    }
}

/// Returns the link that calls a phone, where it can be called.
pub fn call(phone: &Phone) -> Option<String> {
    phone.e164_str().map(|number| format!("tel:{number}"))
}

/// Returns the link that opens a `WhatsApp` chat with a phone, where it can be one, with a message written already.
pub fn whatsapp(phone: &Phone, message: &str) -> Option<String> {
    let digits = phone.digits()?;
    Some(format!("https://wa.me/{digits}?text={}", percent_encode(message)))
}

/// Returns the page of one customer.
pub fn customer(phone: &Phone) -> String {
    format!("{CUSTOMERS}/{}", phone.to_slug())
}

/// Returns the page of the customer with an address's part.
pub fn customer_of(slug: &str) -> String {
    format!("{CUSTOMERS}/{}", percent_encode(slug))
}

/// Returns the page of a customer with the form that changes their details.
pub fn customer_edit(phone: &Phone) -> String {
    to_edit(&customer(phone))
}

/// Returns a customer's page with the form that changes their details.
pub fn to_edit(page: &str) -> String {
    format!("{page}?edit=1")
}

/// Returns the page of a customer that says that a change was saved, and offers to take it back.
pub fn customer_saved(slug: &str, version: Option<i64>) -> String {
    let page = customer_of(slug);
    version.map_or(page.clone(), |version| format!("{page}?saved={version}"))
}

/// Returns the page of a customer that says that a note was deleted, and offers to bring it back.
pub fn customer_without_note(slug: &str, note: i64) -> String {
    format!("{}?deleted={note}", customer_of(slug))
}

/// Returns the page of a customer with the figures of a period.
pub fn customer_in(slug: &str, period: Period) -> String {
    let query = OrderQuery {
        period,
        ..OrderQuery::default()
    };
    with_query(customer_of(slug), &query.to_query_string())
}

/// Returns the page of a customer with those of their orders that a query asks for.
pub fn customer_orders(slug: &str, query: &OrderQuery, editing: bool) -> String {
    let orders = query.of_one_customer().to_query_string();
    let edit = editing.then_some("edit=1");
    let parts = edit.into_iter().chain((!orders.is_empty()).then_some(orders.as_str()));
    let page = with_query(customer_of(slug), &parts.collect::<Vec<_>>().join("&"));
    format!("{page}#{ORDERS_BELOW}")
}

/// Returns the orders of one customer.
pub fn orders_of(slug: &str) -> String {
    format!("{ORDERS}?customer={}", percent_encode(slug))
}

/// Returns a page of the queues.
pub fn queues(page: i64) -> String {
    format!("{QUEUES}?page={page}")
}

/// Returns the page of the shop's settings that says what a change did, and offers to take it back.
pub fn settings_saved(version: Option<i64>) -> String {
    version.map_or(SETTINGS.to_owned(), |version| format!("{SETTINGS}?saved={version}"))
}

/// Returns the page of data that looks wrong in one way.
pub fn quality(kind: Kind, page: i64) -> String {
    let page = if page > 1 {
        format!("&page={page}")
    } else {
        String::new()
    };
    format!("{QUALITY}?kind={}{page}", kind.as_str())
}

/// Returns that page, saying what was done, with the way back.
pub fn quality_fixed(kind: Kind, id: i64) -> String {
    format!("{}&done={id}", quality(kind, 1))
}

/// Returns the page of a queue.
pub fn queue(id: i64) -> String {
    format!("{QUEUES}/{id}")
}

/// Returns the page of a queue that shows a page of those who are in it.
pub fn queue_page(id: i64, page: i64, size: PageSize) -> String {
    format!("{QUEUES}/{id}?page={page}&size={}", size.get())
}

/// Returns the page of an import.
pub fn import(id: i64) -> String {
    format!("{IMPORT}/{id}")
}

/// Returns the file of the rows that an import has refused.
pub fn refused_rows(id: i64) -> String {
    format!("/import/{id}/refused.csv")
}

/// A path of this site: begins with one slash, and holds nothing that a header or another host could be made of.
fn is_local(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.chars().all(|letter| letter.is_ascii_graphic())
}

fn percent_encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
        out
    })
}

#[cfg(test)]
mod tests;
