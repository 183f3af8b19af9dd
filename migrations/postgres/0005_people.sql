-- What people add to a customer. It belongs to a phone: no change of orders and no rebuild touches it.

-- What is set in place of what orders say; '' leaves it to the orders. City and state are set together.
create table customer_edits (
  id bigint primary key references phones (id),
  version bigint not null,
  name text collate "C" not null default '',
  name_key text collate "C" not null default '',
  whatsapp text collate "C" not null default '' constraint customer_edits_whatsapp_normalised check (whatsapp = '' or whatsapp ~ '^\+[1-9][0-9]{6,14}$'),
  city text collate "C" not null default '',
  state text collate "C" not null default ''
);

-- Who changed what. `before` and `after` are as shown; `before_edited` tells whether `before` had been set or came from
-- the orders.
create table customer_history (
  id bigint generated always as identity primary key,
  phone_id bigint not null references phones (id),
  version bigint not null,
  at bigint not null,
  user_id bigint,
  who text collate "C" not null,
  field text collate "C" not null,
  before text collate "C" not null,
  after text collate "C" not null,
  before_edited bigint not null default 0
);

create index customer_history_by_phone on customer_history (phone_id, id);

create table customer_notes (
  id bigint generated always as identity primary key,
  phone_id bigint not null references phones (id),
  author_id bigint not null,
  author text collate "C" not null,
  body text collate "C" not null constraint customer_notes_body_given check (body <> ''),
  written_at bigint not null,
  edited_at bigint,
  deleted_at bigint
);

create index customer_notes_by_phone on customer_notes (phone_id, id);

create table customer_tags (
  id bigint generated always as identity primary key,
  phone_id bigint not null references phones (id),
  tag text collate "C" not null constraint customer_tags_one check (tag <> '' and tag not like '%,%'),
  unique (phone_id, tag)
);

-- Customers as they are shown: what orders say, and over it what people have set.
create view customers as
select
  r.id, r.phone, r.earned_orders, r.open_orders, r.lost_orders, r.earned, r.open, r.lost, r.first_at, r.last_at,
  r.source,
  coalesce(nullif(e.name, ''), r.name) as name,
  coalesce(nullif(e.name_key, ''), r.name_key) as name_key,
  coalesce(nullif(e.whatsapp, ''), r.whatsapp) as whatsapp,
  case when coalesce(e.city, '') <> '' or coalesce(e.state, '') <> '' then e.city else r.city end as city,
  case when coalesce(e.city, '') <> '' or coalesce(e.state, '') <> '' then e.state else r.state end as state,
  coalesce((
    select string_agg(t.tag, ',') from phones p join customer_tags t on t.phone_id = p.id where p.customer_id = r.id
  ), '') as tags
from customer_rollup r
left join customer_edits e on e.id = r.id;

-- Readers of the log take the customer in anew.
create function customer_edited() returns trigger language plpgsql as $$
begin
  insert into customer_change (order_id, customer_id)
  select null, customer_id from phones where id = case when tg_op = 'DELETE' then old.id else new.id end;
  return null;
end $$;

create trigger customer_edits_changed after insert or update or delete on customer_edits
for each row execute function customer_edited();

create function customer_tagged() returns trigger language plpgsql as $$
begin
  insert into customer_change (order_id, customer_id)
  select null, customer_id from phones where id = case when tg_op = 'DELETE' then old.phone_id else new.phone_id end;
  return null;
end $$;

create trigger customer_tags_changed after insert or delete on customer_tags
for each row execute function customer_tagged();
