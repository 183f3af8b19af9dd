//! Queues: made of customers, looked at, and worked through one customer at a time.

use chrono::{DateTime, Days, NaiveDate};

use super::error::ServerError;
use super::export::About;
use super::order_listing;
use super::present;
use super::profile;
use super::state::AppState;
use super::store::history::By;
use super::store::queues::{self, Member, Reader, Stored};
use super::store::turns::{self, Came, ContactRow};
use super::store::users::User;
use super::store::{customers, notes};
use super::templates::Filling;
use super::turn_form;
use crate::domain::customer_query::CustomerQuery;
use crate::domain::listing::Day;
use crate::domain::order_list::Buyer;
use crate::domain::page::{Page, PageSize};
use crate::domain::period::local_date;
use crate::domain::queue::{
    Contact, MAX_NAME, MOST, Outcome, Person, Progress, Queue, QueuePage, Step, Turn, TurnForm, TurnNotSaved,
};
use crate::domain::role::Role;
use crate::domain::stats::grouped;
use crate::domain::text;
use crate::error::AppError;

/// How many orders, notes and contacts a turn shows.
const LATEST: usize = 3;

/// Makes a queue of customers, named as was typed or after the view that they were chosen from; returns its number.
pub async fn make(
    state: &AppState,
    customers: Vec<i64>,
    query: &CustomerQuery,
    typed: &str,
    by: By,
) -> Result<i64, ServerError> {
    if customers.len() > MOST {
        let message = format!(
            "A queue holds at most {} customers; these are {}. Choose fewer.",
            count(MOST),
            count(customers.len())
        );
        return Err(AppError::invalid("chosen", message).into());
    }
    let typed = text::clean(typed);
    if typed.chars().nth(MAX_NAME).is_some() {
        return Err(AppError::invalid("called", format!("The name is longer than {MAX_NAME} characters.")).into());
    }
    let name = if typed.is_empty() {
        let day = by.at.with_timezone(&state.shop().zone).format("%-d %b");
        let view = About::customers(query, None).view();
        format!("{view}, {day}").chars().take(MAX_NAME).collect()
    } else {
        typed
    };
    queues::make(state.db(), name, customers, by).await
}

fn count(customers: usize) -> String {
    grouped(i64::try_from(customers).unwrap_or(i64::MAX))
}

/// Returns a page of the shop's queues, the newest first.
pub async fn list(state: &AppState, page: i64, user: &User) -> Result<Page<Queue>, ServerError> {
    let size = PageSize::default();
    let total = queues::count(state.db()).await?;
    let page = size.clamp(page, total);
    let stored = queues::newest(state.db(), (page - 1) * size.get(), size.get()).await?;
    let rows = with_progress(state, stored, reader(state, user)).await?;
    Ok(Page {
        rows,
        total,
        page,
        size,
    })
}

async fn with_progress(state: &AppState, stored: Vec<Stored>, reader: Reader) -> Result<Vec<Queue>, ServerError> {
    let numbers = || stored.iter().map(|stored| stored.id);
    let (Some(oldest), Some(newest)) = (numbers().min(), numbers().max()) else {
        return Ok(Vec::new());
    };
    let mut progress = queues::progress(state.db(), oldest, newest, reader).await?;
    let queue = |stored: Stored| Queue {
        made: moment(state, stored.made_at),
        progress: said(progress.remove(&stored.id).unwrap_or_default()),
        id: stored.id,
        name: stored.name,
        maker: stored.maker,
    };
    Ok(stored.into_iter().map(queue).collect())
}

/// Puts the day of a queue's progress into words.
fn said(progress: Progress) -> Progress {
    Progress {
        next_day: progress.next_day.as_deref().and_then(day),
        ..progress
    }
}

/// Says a stored day as people do; none where there is none.
fn day(stored: &str) -> Option<String> {
    let day: NaiveDate = stored.parse().ok()?;
    Some(day.format("%a %-d %b").to_string())
}

fn moment(state: &AppState, millis: i64) -> Day {
    let at = DateTime::from_timestamp_millis(millis).unwrap_or_default();
    present::day(at, state.shop().zone, state.clock().now())
}

fn reader(state: &AppState, user: &User) -> Reader {
    let now = state.clock().now();
    Reader {
        user_id: user.id,
        now,
        today: local_date(now, &state.shop().zone),
    }
}

/// Returns a queue's page: the customer whom the reader has in hand, and a page of everybody in it.
pub async fn page(state: &AppState, id: i64, page: i64, size: PageSize, user: &User) -> Result<QueuePage, ServerError> {
    let stored = queues::one(state.db(), id).await?.ok_or_else(gone)?;
    let reader = reader(state, user);
    let (template, may_delete) = (
        stored.template_id,
        stored.made_by == user.id || user.role.includes(Role::Admin),
    );
    let queue = with_progress(state, vec![stored], reader)
        .await?
        .pop()
        .ok_or_else(gone)?;
    let total = queue.progress.total;
    let page = size.clamp(page, total);
    let members = queues::members(state.db(), id, reader, (page - 1) * size.get(), size.get()).await?;
    Ok(QueuePage {
        turn: turn(state, id, template, reader, user).await?,
        people: Page {
            rows: people(state, members).await?,
            total,
            page,
            size,
        },
        queue,
        may_delete,
    })
}

async fn people(state: &AppState, members: Vec<Member>) -> Result<Vec<Person>, ServerError> {
    let ids: Vec<i64> = members.iter().map(|member| member.id).collect();
    let mut known = customers::by_ids(state.db(), &ids).await?;
    let person = |member: Member| {
        let row = ContactRow {
            id: member.contact,
            user_id: 0,
            who: member.who,
            at: member.at,
            outcome: member.outcome,
            again_on: member.again_on,
        };
        Some(Person {
            buyer: Buyer::from(&known.remove(&member.id)?),
            contact: contact(state, row),
            with: Some(member.with_whom).filter(|who| !who.is_empty()),
        })
    };
    Ok(members.into_iter().filter_map(person).collect())
}

fn contact(state: &AppState, row: ContactRow) -> Option<Contact> {
    Some(Contact {
        outcome: Outcome::parse(&row.outcome)?,
        who: row.who,
        at: moment(state, row.at),
        again: day(&row.again_on),
    })
}

async fn turn(
    state: &AppState,
    queue: i64,
    template: Option<i64>,
    reader: Reader,
    user: &User,
) -> Result<Option<Turn>, ServerError> {
    let Some(id) = turns::in_hand(state.db(), queue, user.id, reader.now).await? else {
        return Ok(None);
    };
    // Somebody may have deleted the last order meanwhile.
    let Some(customer) = customers::by_ids(state.db(), &[id]).await?.remove(&id) else {
        return Ok(None);
    };
    let latest = i64::try_from(LATEST).unwrap_or_default();
    let contacts = turns::contacts(state.db(), id, latest).await?;
    let mut notes = profile::notes(state, id, user).await?;
    notes.truncate(LATEST);
    let mut orders = order_listing::of_customer(state, customer.clone(), "", "")
        .await?
        .page
        .rows;
    orders.truncate(LATEST);
    let filling = Filling::of_one(state, id).await?;
    let (shop, now) = (state.shop(), reader.now);
    let view = present::View::unsearched(&shop, now, &filling);
    Ok(Some(Turn {
        segments: customer.segments(now, &shop.zone, &shop.thresholds),
        message: filling.message(&customer, template),
        messages: filling.messages(&customer),
        contacts: contacts.into_iter().filter_map(|row| contact(state, row)).collect(),
        seen: turns::latest(state.db(), queue, id).await?,
        tomorrow: (reader.today + Days::new(1)).to_string(),
        row: view.row(customer, None),
        orders,
        notes,
    }))
}

/// Gives the next customer of a queue to somebody.
pub async fn take(state: &AppState, queue: i64, by: By) -> Result<(), ServerError> {
    let today = local_date(by.at, &state.shop().zone);
    found(turns::take(state.db(), queue, by, today).await?)
}

/// Does with the customer in hand what a form says; what it refuses comes back with all that was typed.
pub async fn step(state: &AppState, customer: i64, form: TurnForm, by: By) -> Result<(), ServerError> {
    let (queue, today) = (form.queue, local_date(by.at, &state.shop().zone));
    let (step, note, again_on) = turn_form::read(&form, today).map_err(|remark| {
        let typed = form.clone();
        AppError::TurnNotSaved(Box::new(TurnNotSaved { typed, remark }))
    })?;
    if let (Step::Skip | Step::Leave, Some(note)) = (step, &note) {
        notes::add(state.db(), customer, note.clone(), String::new(), by.clone()).await?;
    }
    match step {
        Step::Skip => found(turns::skip(state.db(), queue, customer, by, today).await?),
        Step::Leave => turns::leave(state.db(), by.user_id).await,
        Step::Contacted(outcome) => {
            let came = Came {
                outcome,
                again_on,
                note,
                seen: form.seen,
            };
            found(turns::contacted(state.db(), queue, customer, came, by, today).await?)
        }
    }
}

fn found(known: bool) -> Result<(), ServerError> {
    if known { Ok(()) } else { Err(gone()) }
}

fn gone() -> ServerError {
    AppError::NotFound("This queue, or the customer in it, is not there any more.".to_owned()).into()
}
