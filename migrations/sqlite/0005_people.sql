-- What people add to a customer. It belongs to a phone: no change of orders and no rebuild touches it.

-- What is set in place of what orders say; '' leaves it to the orders. City and state are set together.
create table customer_edits (
  id integer primary key references phones (id),
  version integer not null,
  name text not null default '',
  name_key text not null default '',
  whatsapp text not null default '' constraint customer_edits_whatsapp_normalised check (whatsapp = '' or whatsapp glob '+[1-9]*' and substr(whatsapp, 2) not glob '*[^0-9]*' and length(whatsapp) between 8 and 16),
  city text not null default '',
  state text not null default ''
) strict;

-- Who changed what. `before` and `after` are as shown; `before_edited` tells whether `before` had been set or came from
-- the orders.
create table customer_history (
  id integer primary key autoincrement,
  phone_id integer not null references phones (id),
  version integer not null,
  at integer not null,
  user_id integer,
  who text not null,
  field text not null,
  before text not null,
  after text not null,
  before_edited integer not null default 0
) strict;

create index customer_history_by_phone on customer_history (phone_id, id);

create table customer_notes (
  id integer primary key autoincrement,
  phone_id integer not null references phones (id),
  author_id integer not null,
  author text not null,
  body text not null constraint customer_notes_body_given check (body <> ''),
  written_at integer not null,
  edited_at integer,
  deleted_at integer
) strict;

create index customer_notes_by_phone on customer_notes (phone_id, id);

create table customer_tags (
  id integer primary key autoincrement,
  phone_id integer not null references phones (id),
  tag text not null constraint customer_tags_one check (tag <> '' and tag not like '%,%'),
  unique (phone_id, tag)
) strict;

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
create trigger customer_edits_inserted after insert on customer_edits begin
  insert into customer_change (order_id, customer_id) select null, customer_id from phones where id = new.id;
end;
create trigger customer_edits_updated after update on customer_edits begin
  insert into customer_change (order_id, customer_id) select null, customer_id from phones where id = new.id;
end;
create trigger customer_edits_deleted after delete on customer_edits begin
  insert into customer_change (order_id, customer_id) select null, customer_id from phones where id = old.id;
end;
create trigger customer_tags_inserted after insert on customer_tags begin
  insert into customer_change (order_id, customer_id) select null, customer_id from phones where id = new.phone_id;
end;
create trigger customer_tags_deleted after delete on customer_tags begin
  insert into customer_change (order_id, customer_id) select null, customer_id from phones where id = old.phone_id;
end;
