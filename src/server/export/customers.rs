//! Customers as a table.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures::{StreamExt as _, TryStreamExt as _, stream};

use super::cell::Cell;
use super::{Column, ExportError, Format, Progress, ROWS, Sink, Source, close, open, pass_on};
use crate::domain::consent::Consent;
use crate::domain::customer::Customer;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::finder::{FoundRow, Span};
use crate::domain::money::Money;
use crate::domain::phone::Phone;
use crate::domain::segment::Segment;
use crate::server::error::ServerError;
use crate::server::listing;
use crate::server::store::consents;
use crate::server::store::packed_customers::Packed;

/// The columns; those from [`ALWAYS`] on are there with a period, whose figures stand in the others then.
const COLUMNS: [Column; 19] = [
    column("Name", 28.0),
    column("Phone", 18.0),
    column("WhatsApp", 18.0),
    column("Status", 10.0),
    column("Segments", 18.0),
    column("Orders", 8.0),
    column("Lost orders", 11.0),
    column("Total spent", 16.0),
    column("AOV", 14.0),
    column("First order", 17.0),
    column("Last order", 17.0),
    column("Preferred source", 16.0),
    column("City", 18.0),
    column("State", 14.0),
    column("Tags", 20.0),
    column("Wants messages", 15.0),
    column("Period", 24.0),
    column("Lifetime orders", 14.0),
    column("Lifetime value", 16.0),
];
const ALWAYS: usize = 16;
/// How many chunks of rows are being read at once: one for each of two cores, and one that is ready.
const AHEAD: usize = 3;

const fn column(name: &'static str, width: f64) -> Column {
    Column { name, width }
}

/// Writes all customers of a query in its order, or those of them that were chosen.
pub(super) async fn export(
    from: Source<'_>,
    query: &CustomerQuery,
    chosen: Option<&[Phone]>,
    format: Format,
    progress: &Progress,
    to: &mut impl Sink,
) -> Result<usize, ExportError> {
    let found = listing::chosen(from.db, from.finder, from.shop, from.now, query, chosen).await?;
    let window = query.period.window(from.now, &from.shop.zone);
    let shown = if window.is_some() { COLUMNS.len() } else { ALWAYS };
    let about = super::About::customers(query, chosen.map(<[Phone]>::len));
    let about = about.made(from.shop, from.now, from.by, found.len());
    let mut sheet = open("Customers", &COLUMNS, shown, format, &about)?;
    progress.of(found.len());
    let period = query.period.code();
    let mut count = 0;
    let stored = Stored {
        packed: Packed::of(from.db, found.len()).await?,
        consents: consents::of_many(from.db, found.iter().map(|row| row.id)).await?,
    };
    // The database reads on while rows are written.
    let mut chunks = stream::iter(found.chunks(ROWS))
        .map(|rows| stored.read(rows))
        .buffered(AHEAD);
    while let Some((rows, customers)) = chunks.try_next().await? {
        // A customer whose last order was deleted in between is not there any more.
        for (row, customer) in rows.iter().filter_map(|row| Some((row, customers.get(&row.id)?))) {
            let consent = stored.consents.get(&row.id).copied().unwrap_or_default();
            sheet.row(&cells(from, customer, row.span, &period, consent)[..shown])?;
            count += 1;
        }
        progress.add(rows.len());
        progress.check()?;
        pass_on(sheet.as_mut(), to).await?;
    }
    close(sheet, progress, to).await?;
    Ok(count)
}

/// Where what the file says of its customers comes from.
struct Stored<'a> {
    packed: Packed<'a>,
    consents: HashMap<i64, Consent>,
}

/// Customers of the file, with what is stored of them.
type Chunk<'a> = (&'a [FoundRow], HashMap<i64, Customer>);

impl Stored<'_> {
    async fn read<'a>(&self, rows: &'a [FoundRow]) -> Result<Chunk<'a>, ServerError> {
        let ids = rows.iter().map(|row| row.id).collect();
        Ok((rows, self.packed.by_ids(ids).await?))
    }
}

fn cells<'a>(
    from: Source<'_>,
    customer: &'a Customer,
    span: Option<Span>,
    period: &'a str,
    consent: Consent,
) -> [Cell<'a>; 19] {
    let (shop, now) = (from.shop, from.now);
    let at = |at: DateTime<Utc>| Cell::At(at.with_timezone(&shop.zone));
    // One who was chosen may have done nothing in the period.
    let within = |span: Span, second: u32| {
        let at_all = span.orders + span.lost > 0;
        let instant = DateTime::from_timestamp(second.into(), 0).filter(|_| at_all);
        instant.map_or(Cell::Empty, at)
    };
    let segments = customer.segments(now, &shop.zone, &shop.thresholds);
    let segments: Vec<&str> = segments.into_iter().map(Segment::label).collect();
    let orders = span.map_or(customer.orders(), |span| span.orders.into());
    let spent = span.map_or(customer.spent(), |span| Money(span.spent));
    [
        Cell::text(&customer.name),
        Cell::Phone(&customer.phone),
        customer.whatsapp.as_ref().map_or(Cell::Empty, Cell::Phone),
        Cell::Plain(customer.activity(now, &shop.zone, &shop.thresholds).label()),
        Cell::list(&segments),
        Cell::Count(orders),
        Cell::Count(span.map_or(customer.lost_orders, |span| span.lost.into())),
        Cell::Money(spent),
        spent.divided_by(orders).map_or(Cell::Empty, Cell::Money),
        span.map_or(at(customer.first_order), |span| within(span, span.first)),
        span.map_or(at(customer.last_order), |span| within(span, span.last)),
        Cell::Plain(customer.source.label()),
        Cell::text(&customer.city),
        Cell::text(&customer.state),
        Cell::list(&customer.tags),
        Cell::Plain(consent.label()),
        Cell::Plain(period),
        Cell::Count(customer.orders()),
        Cell::Money(customer.spent()),
    ]
}
