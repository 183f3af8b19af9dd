-- Customers to be called or messaged, one after the other, by whoever of the shop has time.

create table queues (
  id integer primary key autoincrement,
  name text not null constraint queues_named check (name <> ''),
  made_by integer not null,
  maker text not null,
  made_at integer not null,
  -- The message that is offered; the default where there is none.
  template_id integer references templates (id) on delete set null
) strict;

create table queue_entries (
  queue_id integer not null references queues (id) on delete cascade,
  phone_id integer not null references phones (id),
  place integer not null,
  -- How often it was put off to the end of the queue.
  skipped integer not null default 0,
  primary key (queue_id, phone_id)
) strict, without rowid;

-- Whom somebody has in hand: of all queues together nobody else gets them before it ends. One row a customer, by the
-- number that the customer had then.
create table queue_turns (
  customer_id integer primary key references phones (id),
  queue_id integer not null references queues (id) on delete cascade,
  user_id integer not null references users (id) on delete cascade,
  who text not null,
  ends_at integer not null
) strict;

-- What came of it. The latest contact of a customer in a queue is how they stand in it.
create table contacts (
  id integer primary key autoincrement,
  queue_id integer references queues (id) on delete set null,
  phone_id integer not null references phones (id),
  user_id integer not null,
  who text not null,
  at integer not null,
  outcome text not null constraint contacts_outcome_known check (outcome in ('reached', 'no_answer', 'wrong_number', 'ordered')),
  -- The shop's day on which to try again, as 2026-12-03; '' for never.
  again_on text not null default '' constraint contacts_again_on_day check (again_on = '' or length(again_on) = 10)
) strict;

create index contacts_by_phone on contacts (phone_id, id);
create index contacts_by_queue on contacts (queue_id, id);
