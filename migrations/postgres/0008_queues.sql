-- Customers to be called or messaged, one after the other, by whoever of the shop has time.

create table queues (
  id bigint generated always as identity primary key,
  name text collate "C" not null constraint queues_named check (name <> ''),
  made_by bigint not null,
  maker text collate "C" not null,
  made_at bigint not null,
  -- The message that is offered; the default where there is none.
  template_id bigint references templates (id) on delete set null
);

create table queue_entries (
  queue_id bigint not null references queues (id) on delete cascade,
  phone_id bigint not null references phones (id),
  place bigint not null,
  -- How often it was put off to the end of the queue.
  skipped bigint not null default 0,
  primary key (queue_id, phone_id)
);

-- Whom somebody has in hand: of all queues together nobody else gets them before it ends. One row a customer, by the
-- number that the customer had then.
create table queue_turns (
  customer_id bigint primary key references phones (id),
  queue_id bigint not null references queues (id) on delete cascade,
  user_id bigint not null references users (id) on delete cascade,
  who text collate "C" not null,
  ends_at bigint not null
);

-- What came of it. The latest contact of a customer in a queue is how they stand in it.
create table contacts (
  id bigint generated always as identity primary key,
  queue_id bigint references queues (id) on delete set null,
  phone_id bigint not null references phones (id),
  user_id bigint not null,
  who text collate "C" not null,
  at bigint not null,
  outcome text collate "C" not null constraint contacts_outcome_known check (outcome in ('reached', 'no_answer', 'wrong_number', 'ordered')),
  -- The shop's day on which to try again, as 2026-12-03; '' for never.
  again_on text collate "C" not null default '' constraint contacts_again_on_day check (again_on = '' or length(again_on) = 10)
);

create index contacts_by_phone on contacts (phone_id, id);
create index contacts_by_queue on contacts (queue_id, id);
