//! Orders in and out.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, RawQuery};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;

use super::answer::Reply;
use super::body::{self, OneOrMany, OrderChange, OrderInput, Sent};
use super::once::{Asked, once};
use super::problem::{FieldError, Problem};
use super::query::{self, OrderParams};
use super::read;
use super::taken::{BatchTaken, Item, Outcome, Taken, TakenOneOrMany};
use super::view::{OrderPage, OrderView, Paging};
use crate::domain::order::Order;
use crate::domain::text;
use crate::server::guard::ApiActor;
use crate::server::import::Options;
use crate::server::store::orders::Saved;

/// How often a change is tried anew because somebody else has changed the order meanwhile.
const TRIES: usize = 10;

/// Add or change orders by number.
///
/// One order, or up to a thousand. An order whose number is known is changed to what is sent, all fields of it. Of
/// several, each is taken or refused by itself: the answer is 207 where one was refused. An order of somebody whose data
/// was erased is left out, and answered with its number only. With an `Idempotency-Key`, a
/// request that is sent again within 24 hours is answered as before and done once.
#[utoipa::path(
    post, path = "/orders", operation_id = "add_orders", tag = "orders", request_body = OneOrMany,
    params(("Idempotency-Key" = Option<String>, Header, description = "A name of the request, new for each.", min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    responses(
        (status = 200, description = "All of them are in.", body = TakenOneOrMany),
        (status = 201, description = "The one order was added.", body = Taken),
        (status = 207, description = "Some of several were refused; the others are in.", body = BatchTaken),
    ),
    security(("key" = ["orders:write"]))
)]
pub async fn add(
    Extension(actor): Extension<ApiActor>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Problem> {
    actor.may_write()?;
    let asked = Asked::new(&Method::POST, uri.path(), &headers, &bytes)?;
    let sent = body::orders(&headers, &bytes)?;
    let by = actor.clone();
    let work = async move {
        match sent {
            Sent::One(order) => add_one(&by, *order).await,
            Sent::Many(orders) => add_many(&by, orders).await,
        }
    };
    Ok(once(actor, asked, Box::pin(work)).await)
}

async fn add_one(actor: &ApiActor, input: OrderInput) -> Result<Reply, Problem> {
    let order = read::order(input, &options(actor)).map_err(Problem::fields)?;
    let number = order.number.clone();
    let done = actor.take(vec![order]).await?;
    let result = done.get(&number).map_or(Outcome::Unchanged, |change| (*change).into());
    let status = if result == Outcome::Created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok(Reply::json(status, &taken(actor, number, result).await?))
}

/// Answers with an order as it is stored, which may be less than was sent: numbers that were erased are left out of it.
async fn taken(actor: &ApiActor, number: String, result: Outcome) -> Result<Taken, Problem> {
    let order = match result {
        Outcome::Erased => None,
        _ => actor.to_change(&number).await?.map(OrderView::from),
    };
    Ok(Taken { result, number, order })
}

async fn add_many(actor: &ApiActor, inputs: Vec<Result<OrderInput, FieldError>>) -> Result<Reply, Problem> {
    let options = options(actor);
    let mut items = Vec::with_capacity(inputs.len());
    let mut good: Vec<Order> = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.into_iter().enumerate() {
        let number = input.as_ref().map(OrderInput::number).unwrap_or_default();
        let read = input.map_err(|error| vec![error]);
        let (number, result, errors) = match read.and_then(|input| read::order(input, &options)) {
            Ok(order) => {
                let number = order.number.clone();
                good.push(order);
                (number, Outcome::Unchanged, Vec::new())
            }
            Err(errors) => (number, Outcome::Refused, errors),
        };
        items.push(Item {
            index,
            number,
            result,
            errors,
        });
    }
    let mut done = actor.take(good).await?;
    // The last one of each number is the one that counted.
    for item in items.iter_mut().rev().filter(|item| item.result != Outcome::Refused) {
        item.result = done.remove(&item.number).map_or(Outcome::Replaced, Outcome::from);
    }
    let taken = BatchTaken::new(items);
    let status = if taken.refused == 0 {
        StatusCode::OK
    } else {
        StatusCode::MULTI_STATUS
    };
    Ok(Reply::json(status, &taken))
}

/// Change some fields of an order.
///
/// An old order that would become one of somebody whose data was erased stays as it is, and is answered with its number
/// only.
#[utoipa::path(
    patch, path = "/orders/{number}", operation_id = "change_order", tag = "orders", request_body = OrderChange,
    params(
        ("number" = String, Path, description = "The order's number."),
        ("Idempotency-Key" = Option<String>, Header, description = "A name of the request, new for each.", min_length = 1, max_length = 255, pattern = "^[!-~]+$"),
    ),
    responses(
        (status = 200, description = "It is as it should be.", body = Taken),
        (status = 404, description = "There is no such order.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("key" = ["orders:write"]))
)]
pub async fn change(
    Extension(actor): Extension<ApiActor>,
    OriginalUri(uri): OriginalUri,
    Path(number): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Problem> {
    actor.may_write()?;
    let asked = Asked::new(&Method::PATCH, uri.path(), &headers, &bytes)?;
    let change = body::change(&headers, &bytes)?;
    let by = actor.clone();
    let work = async move { change_one(&by, &text::clean(&number), &change).await };
    Ok(once(actor, asked, Box::pin(work)).await)
}

async fn change_one(actor: &ApiActor, number: &str, change: &OrderChange) -> Result<Reply, Problem> {
    for _ in 0..TRIES {
        let stored = actor.to_change(number).await?;
        let stored = stored.ok_or_else(|| Problem::not_found("order with this number"))?;
        let changed = read::changed(&stored, change, &actor.shop(), &options(actor)).map_err(Problem::fields)?;
        let saved = if changed == stored {
            None
        } else {
            Some(actor.change(changed, &stored).await?)
        };
        let result = match saved {
            None => Outcome::Unchanged,
            Some(Saved::Done) => Outcome::Updated,
            Some(Saved::Erased) => Outcome::Erased,
            Some(Saved::Changed(_)) => continue,
        };
        return Ok(Reply::ok(&taken(actor, number.to_owned(), result).await?));
    }
    Err(Problem::of_status(StatusCode::SERVICE_UNAVAILABLE))
}

/// List orders, with the filters of the orders page.
#[utoipa::path(
    get, path = "/orders", operation_id = "list_orders", tag = "orders", params(OrderParams),
    responses((status = 200, description = "A page of them.", body = OrderPage)),
    security(("key" = ["orders:read"]))
)]
pub async fn list(Extension(actor): Extension<ApiActor>, RawQuery(raw): RawQuery) -> Result<Reply, Problem> {
    actor.may_read_orders()?;
    let (query, page) = query::orders(&raw.unwrap_or_default(), &actor.shop())?;
    let found = actor.orders(&query).await?.page;
    let paging = Paging::of(&found, page);
    let rows = found.rows.into_iter().filter(|_| paging.has_rows());
    let orders = rows.map(|row| row.order.into()).collect();
    Ok(Reply::ok(&OrderPage { orders, paging }))
}

/// Read an order.
#[utoipa::path(
    get, path = "/orders/{number}", operation_id = "get_order", tag = "orders",
    params(("number" = String, Path, description = "The order's number.")),
    responses(
        (status = 200, description = "The order.", body = OrderView),
        (status = 404, description = "There is no such order.", body = Problem, content_type = "application/problem+json"),
    ),
    security(("key" = ["orders:read"]))
)]
pub async fn get(Extension(actor): Extension<ApiActor>, Path(number): Path<String>) -> Result<Reply, Problem> {
    let order = actor.order(&text::clean(&number)).await?;
    let order = order.ok_or_else(|| Problem::not_found("order with this number"))?;
    Ok(Reply::ok(&OrderView::from(order)))
}

fn options(actor: &ApiActor) -> Options {
    Options::of(&actor.shop(), actor.now())
}
