//! Orders as a table that the importer reads back.

use super::cell::Cell;
use super::{Column, ExportError, Format, Progress, ROWS, Sink, Source, close, open, pass_on};
use crate::domain::order::Order;
use crate::domain::order_query::OrderQuery;
use crate::server::{customer_details, order_listing};

/// The columns. A spreadsheet takes a phone without spaces for an amount, so it stands twice: as it can be read
/// anywhere, and last as it was written, which the importer goes by.
const COLUMNS: [Column; 14] = [
    column("Order number", 16.0),
    column("Date", 17.0),
    column("Customer", 28.0),
    column("Phone", 18.0),
    column("WhatsApp", 18.0),
    column("Amount", 14.0),
    column("Status", 12.0),
    column("Source", 12.0),
    column("City", 18.0),
    column("State", 14.0),
    column("Address", 36.0),
    column("Sales rep", 18.0),
    column("Items", 40.0),
    column("Phone as written", 22.0),
];

const fn column(name: &'static str, width: f64) -> Column {
    Column { name, width }
}

/// Writes all orders of a query in its order.
pub(super) async fn export(
    from: Source<'_>,
    query: &OrderQuery,
    format: Format,
    progress: &Progress,
    to: &mut impl Sink,
) -> Result<usize, ExportError> {
    let found = found(from, query).await?;
    let about = super::About::orders(query).made(from.shop, from.now, from.by, found.len());
    let mut sheet = open("Orders", &COLUMNS, COLUMNS.len(), format, &about)?;
    progress.of(found.len());
    let mut count = 0;
    let mut rest = found.as_slice();
    while !rest.is_empty() {
        let (rows, after) = rest.split_at(whole_ties(rest));
        rest = after;
        for order in order_listing::in_order(from.db, query, rows).await? {
            sheet.row(&cells(from, &order))?;
            count += 1;
        }
        progress.add(rows.len());
        progress.check()?;
        pass_on(sheet.as_mut(), to).await?;
    }
    close(sheet, progress, to).await?;
    Ok(count)
}

/// How many of the orders are read next: some, and all that tie with the last of them.
fn whole_ties(orders: &[(usize, i64)]) -> usize {
    let Some((tie, _)) = orders.get(ROWS - 1) else {
        return orders.len();
    };
    ROWS + orders[ROWS..].iter().take_while(|(other, _)| other == tie).count()
}

async fn found(from: Source<'_>, query: &OrderQuery) -> Result<Vec<(usize, i64)>, ExportError> {
    let customer = match &query.customer {
        Some(phone) => customer_details::of_phone(from.db, phone).await?,
        None => None,
    };
    let asked = order_listing::Asked::new(from.db, query, customer.as_ref(), from.now, &from.shop.zone).await?;
    Ok(from.finder.once(from.now, move |finder| asked.all(finder)).await?)
}

fn cells<'a>(from: Source<'_>, order: &'a Order) -> [Cell<'a>; 14] {
    let raw = if order.phone_raw.is_empty() {
        Cell::Phone(&order.phone)
    } else {
        Cell::text(&order.phone_raw)
    };
    [
        Cell::text(&order.number),
        Cell::Exact(order.placed_at.with_timezone(&from.shop.zone)),
        Cell::text(&order.name),
        Cell::Phone(&order.phone),
        order.whatsapp.as_ref().map_or(Cell::Empty, Cell::Phone),
        Cell::Money(order.amount),
        Cell::Plain(order.status.as_str()),
        Cell::Plain(order.source.as_str()),
        Cell::text(&order.city),
        Cell::text(&order.state),
        Cell::text(&order.address),
        Cell::text(&order.sales_rep),
        Cell::text(&order.items),
        raw,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_read_whole() {
        let some = |ties: &[(usize, usize)]| -> Vec<(usize, i64)> {
            ties.iter()
                .flat_map(|(tie, count)| std::iter::repeat_n((*tie, 0), *count))
                .collect()
        };
        assert_eq!(whole_ties(&some(&[(0, 3)])), 3);
        assert_eq!(whole_ties(&some(&[(0, 999), (1, 3), (2, 9)])), 1_002);
        assert_eq!(whole_ties(&some(&[(0, 1_000), (1, 3)])), 1_000);
        assert_eq!(whole_ties(&some(&[(0, 5_000)])), 5_000);
    }
}
