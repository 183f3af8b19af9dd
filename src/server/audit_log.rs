//! The audit log in the shop's words.

use chrono::{DateTime, Utc};

use super::config::Shop;
use super::error::ServerError;
use super::present_orders;
use super::state::AppState;
use super::store::audit_page::{self, Line, Wanted};
use super::store::users;
use crate::domain::audit::{AuditLine, AuditPage, AuditQuery, said};
use crate::domain::phone::Phone;
use crate::paths;

/// How many lines a page has.
const LINES: i64 = 50;

/// Returns the page that a query asks for.
pub async fn page(state: &AppState, query: &AuditQuery) -> Result<AuditPage, ServerError> {
    let (shop, now) = (state.shop(), state.clock().now());
    let mut lines = audit_page::newest(state.db(), &wanted(query, &shop, now), LINES + 1).await?;
    let more = i64::try_from(lines.len()).is_ok_and(|count| count > LINES);
    lines.truncate(usize::try_from(LINES).unwrap_or_default());
    let older = lines.last().filter(|_| more).map(|line| (line.at, line.id));
    Ok(AuditPage {
        lines: lines.into_iter().map(|line| shown(line, &shop, now)).collect(),
        older,
        people: users::emails(state.db()).await?,
    })
}

/// Says for the database what a query asks for.
pub fn wanted(query: &AuditQuery, shop: &Shop, now: DateTime<Utc>) -> Wanted {
    let window = query.period.window(now, &shop.zone);
    Wanted {
        actions: query.group.map(|group| group.actions().to_vec()).unwrap_or_default(),
        who: query.who.clone(),
        address: query.address.clone(),
        since: window.map(|window| window.start.timestamp_millis()),
        until: window.map(|window| window.end.timestamp_millis()),
        before: query.before,
    }
}

fn shown(line: Line, shop: &Shop, now: DateTime<Utc>) -> AuditLine {
    let at = DateTime::from_timestamp_millis(line.at).unwrap_or_default();
    let (about, page) = subject(&line);
    AuditLine {
        at: present_orders::placed(at, shop.zone, now),
        what: said(&line.action),
        who: line.who,
        address: line.address,
        detail: line.detail,
        subject: about,
        link: page,
    }
}

/// Says what a line is about: customers by number, so that nobody is named who is erased.
pub fn subject(line: &Line) -> (String, Option<String>) {
    if let Some(id) = line.customer_id {
        let phone = line.phone.clone().map(Phone::from_db);
        return (format!("Customer {id}"), phone.map(|phone| paths::customer(&phone)));
    }
    match line.order_number.as_str() {
        "" => (String::new(), None),
        "(erased)" => ("Order (erased)".to_owned(), None),
        number => (format!("Order {number}"), Some(paths::order(number))),
    }
}
