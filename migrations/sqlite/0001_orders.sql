-- Orders are the truth. Everything about customers is derived from them by the triggers below, in the same transaction.
--
-- Conventions: money is whole kobo, time is milliseconds since 1970 with whole seconds in value, '' is "none",
-- a phone is '+digits' (E.164) or '~text' for a text that is no valid number.

create table orders (
  id integer primary key,
  number text not null unique constraint orders_number_given check (number <> ''),
  placed_at integer not null constraint orders_placed_at_seconds check (placed_at >= 0 and placed_at % 1000 = 0),
  customer_name text not null default '',
  -- The folded name that sorts and searches; a writer that leaves it out gets the lower-cased name until `rebuild`.
  name_key text not null default '',
  phone text not null constraint orders_phone_normalised check (phone glob '+[1-9]*' and substr(phone, 2) not glob '*[^0-9]*' and length(phone) between 8 and 16 or phone glob '~?*'),
  phone_raw text not null default '',
  other_phone text not null default '' constraint orders_other_phone_normalised check (other_phone = '' or other_phone glob '+[1-9]*' and substr(other_phone, 2) not glob '*[^0-9]*' and length(other_phone) between 8 and 16 or other_phone glob '~?*'),
  whatsapp text not null default '' constraint orders_whatsapp_normalised check (whatsapp = '' or whatsapp glob '+[1-9]*' and substr(whatsapp, 2) not glob '*[^0-9]*' and length(whatsapp) between 8 and 16 or whatsapp glob '~?*'),
  amount integer not null constraint orders_amount_range check (amount between 0 and 10000000000000),
  status text not null constraint orders_status_known check (status in
    ('new', 'confirmed', 'dispatched', 'delivered', 'postponed', 'cancelled', 'returned')),
  source text not null constraint orders_source_known check (source in
    ('facebook', 'tiktok', 'whatsapp', 'website', 'other')),
  city text not null default '',
  state text not null default '',
  address text not null default '',
  sales_rep text not null default '',
  items text not null default '',
  -- The order's place in time as one text that sorts bytewise like (placed_at, number); the number follows 15 digits.
  pos text generated always as (printf('%015d', placed_at) || number) virtual
) strict;

create index orders_by_phone on orders (phone, pos);

-- Which customer a phone belongs to. A customer is known by the id of its primary phone, and a phone is its own
-- primary unless a merge has repointed it. Rows stay when the last order goes: edits and merges belong to the phone.
create table phones (
  id integer primary key,
  phone text not null unique,
  customer_id integer not null references phones (id)
) strict;

create index phones_by_customer on phones (customer_id);

-- One row a customer. No index on what changes with every order: on PostgreSQL that would end heap-only updates.
create table customer_rollup (
  id integer primary key,
  phone text not null unique,
  earned_orders integer not null,
  open_orders integer not null,
  lost_orders integer not null,
  earned integer not null,
  open integer not null,
  lost integer not null,
  first_at integer not null,
  last_at integer not null,
  last_pos text not null,
  -- Name, WhatsApp and place each come from the latest order that has one; *_pos says which.
  name text not null,
  name_key text not null,
  name_pos text not null,
  whatsapp text not null,
  whatsapp_pos text not null,
  city text not null,
  state text not null,
  place_pos text not null,
  -- How often each source was used, and where it was used last: the tie-breaker of the preferred source.
  facebook_orders integer not null,
  facebook_last text not null,
  tiktok_orders integer not null,
  tiktok_last text not null,
  whatsapp_orders integer not null,
  whatsapp_last text not null,
  website_orders integer not null,
  website_last text not null,
  other_orders integer not null,
  other_last text not null,
  source text generated always as (case
    when (facebook_orders, facebook_last) >= (tiktok_orders, tiktok_last)
      and (facebook_orders, facebook_last) >= (whatsapp_orders, whatsapp_last)
      and (facebook_orders, facebook_last) >= (website_orders, website_last)
      and (facebook_orders, facebook_last) >= (other_orders, other_last) then 'facebook'
    when (tiktok_orders, tiktok_last) >= (whatsapp_orders, whatsapp_last)
      and (tiktok_orders, tiktok_last) >= (website_orders, website_last)
      and (tiktok_orders, tiktok_last) >= (other_orders, other_last) then 'tiktok'
    when (whatsapp_orders, whatsapp_last) >= (website_orders, website_last)
      and (whatsapp_orders, whatsapp_last) >= (other_orders, other_last) then 'whatsapp'
    when (website_orders, website_last) >= (other_orders, other_last) then 'website'
    else 'other'
  end) virtual
) strict;

-- What changed, in order, for readers that keep copies: (order, customer), or two nulls for "everything".
create table customer_change (
  seq integer primary key autoincrement,
  order_id integer,
  customer_id integer,
  -- When, for trimming: readers that have not looked for long load everything again.
  at integer not null default (unixepoch() * 1000)
) strict;

-- The one definition of a customer's figures. `rebuild` fills the rollup from it, `verify` compares the two.
create view customer_facts as
select
  g.id, k.phone, g.earned_orders, g.open_orders, g.lost_orders, g.earned, g.open, g.lost, g.first_at,
  g.last_at, g.last_pos, coalesce(n.customer_name, '') as name,
  coalesce(nullif(n.name_key, ''), lower(n.customer_name), '') as name_key, g.name_pos,
  coalesce(w.whatsapp, '') as whatsapp, g.whatsapp_pos, coalesce(p.city, '') as city,
  coalesce(p.state, '') as state, g.place_pos, g.facebook_orders, g.facebook_last, g.tiktok_orders,
  g.tiktok_last, g.whatsapp_orders, g.whatsapp_last, g.website_orders, g.website_last, g.other_orders,
  g.other_last
from (
  select
    c.customer_id as id,
    sum(case when o.status = 'delivered' then 1 else 0 end) as earned_orders,
    sum(case when o.status in ('new', 'confirmed', 'dispatched', 'postponed') then 1 else 0 end) as open_orders,
    sum(case when o.status in ('cancelled', 'returned') then 1 else 0 end) as lost_orders,
    sum(case when o.status = 'delivered' then o.amount else 0 end) as earned,
    sum(case when o.status in ('new', 'confirmed', 'dispatched', 'postponed') then o.amount else 0 end) as open,
    sum(case when o.status in ('cancelled', 'returned') then o.amount else 0 end) as lost,
    min(o.placed_at) as first_at,
    max(o.placed_at) as last_at,
    max(o.pos) as last_pos,
    max(case when o.customer_name <> '' then o.pos else '' end) as name_pos,
    max(case when o.whatsapp <> '' then o.pos else '' end) as whatsapp_pos,
    max(case when o.city <> '' or o.state <> '' then o.pos else '' end) as place_pos,
    sum(case when o.source = 'facebook' then 1 else 0 end) as facebook_orders,
    max(case when o.source = 'facebook' then o.pos else '' end) as facebook_last,
    sum(case when o.source = 'tiktok' then 1 else 0 end) as tiktok_orders,
    max(case when o.source = 'tiktok' then o.pos else '' end) as tiktok_last,
    sum(case when o.source = 'whatsapp' then 1 else 0 end) as whatsapp_orders,
    max(case when o.source = 'whatsapp' then o.pos else '' end) as whatsapp_last,
    sum(case when o.source = 'website' then 1 else 0 end) as website_orders,
    max(case when o.source = 'website' then o.pos else '' end) as website_last,
    sum(case when o.source = 'other' then 1 else 0 end) as other_orders,
    max(case when o.source = 'other' then o.pos else '' end) as other_last
  from phones c
  join orders o on o.phone = c.phone
  group by c.customer_id
) g
join phones k on k.id = g.id
left join orders n on n.number = substr(g.name_pos, 16)
left join orders w on w.number = substr(g.whatsapp_pos, 16)
left join orders p on p.number = substr(g.place_pos, 16);

-- A new order only adds. (`insert or ignore` would be wrong here: in a trigger the conflict policy of the outer
-- statement, such as `insert or replace`, overrides it.)
create trigger orders_inserted after insert on orders begin
  insert into phones (id, phone, customer_id)
  select n, new.phone, n
  from (select coalesce((select max(id) from phones), 0) + 1 as n)
  where not exists (select 1 from phones where phone = new.phone);

  insert into customer_rollup (
    id, phone, earned_orders, open_orders, lost_orders, earned, open, lost, first_at, last_at, last_pos, name,
    name_key, name_pos, whatsapp, whatsapp_pos, city, state, place_pos, facebook_orders, facebook_last,
    tiktok_orders, tiktok_last, whatsapp_orders, whatsapp_last, website_orders, website_last, other_orders,
    other_last
  )
  select
    k.id,
    k.phone,
    case when new.status = 'delivered' then 1 else 0 end,
    case when new.status in ('new', 'confirmed', 'dispatched', 'postponed') then 1 else 0 end,
    case when new.status in ('cancelled', 'returned') then 1 else 0 end,
    case when new.status = 'delivered' then new.amount else 0 end,
    case when new.status in ('new', 'confirmed', 'dispatched', 'postponed') then new.amount else 0 end,
    case when new.status in ('cancelled', 'returned') then new.amount else 0 end,
    new.placed_at,
    new.placed_at,
    new.pos,
    new.customer_name,
    coalesce(nullif(new.name_key, ''), lower(new.customer_name)),
    case when new.customer_name <> '' then new.pos else '' end,
    new.whatsapp,
    case when new.whatsapp <> '' then new.pos else '' end,
    new.city,
    new.state,
    case when new.city <> '' or new.state <> '' then new.pos else '' end,
    case when new.source = 'facebook' then 1 else 0 end,
    case when new.source = 'facebook' then new.pos else '' end,
    case when new.source = 'tiktok' then 1 else 0 end,
    case when new.source = 'tiktok' then new.pos else '' end,
    case when new.source = 'whatsapp' then 1 else 0 end,
    case when new.source = 'whatsapp' then new.pos else '' end,
    case when new.source = 'website' then 1 else 0 end,
    case when new.source = 'website' then new.pos else '' end,
    case when new.source = 'other' then 1 else 0 end,
    case when new.source = 'other' then new.pos else '' end
  from phones c
  join phones k on k.id = c.customer_id
  where c.phone = new.phone
  on conflict (id) do update set
    earned_orders = earned_orders + excluded.earned_orders,
    open_orders = open_orders + excluded.open_orders,
    lost_orders = lost_orders + excluded.lost_orders,
    earned = earned + excluded.earned,
    open = open + excluded.open,
    lost = lost + excluded.lost,
    facebook_orders = facebook_orders + excluded.facebook_orders,
    tiktok_orders = tiktok_orders + excluded.tiktok_orders,
    whatsapp_orders = whatsapp_orders + excluded.whatsapp_orders,
    website_orders = website_orders + excluded.website_orders,
    other_orders = other_orders + excluded.other_orders,
    first_at = min(first_at, excluded.first_at),
    last_at = max(last_at, excluded.last_at),
    name = case when excluded.name_pos > name_pos then excluded.name else name end,
    name_key = case when excluded.name_pos > name_pos then excluded.name_key else name_key end,
    whatsapp = case when excluded.whatsapp_pos > whatsapp_pos then excluded.whatsapp else whatsapp end,
    city = case when excluded.place_pos > place_pos then excluded.city else city end,
    state = case when excluded.place_pos > place_pos then excluded.state else state end,
    last_pos = max(last_pos, excluded.last_pos),
    name_pos = max(name_pos, excluded.name_pos),
    whatsapp_pos = max(whatsapp_pos, excluded.whatsapp_pos),
    place_pos = max(place_pos, excluded.place_pos),
    facebook_last = max(facebook_last, excluded.facebook_last),
    tiktok_last = max(tiktok_last, excluded.tiktok_last),
    whatsapp_last = max(whatsapp_last, excluded.whatsapp_last),
    website_last = max(website_last, excluded.website_last),
    other_last = max(other_last, excluded.other_last);

  insert into customer_change (order_id, customer_id)
  select new.id, customer_id from phones where phone = new.phone;
end;

-- Everything else recomputes the customers it touches from the one definition. `insert into customer_to_recompute`
-- is a call with the id as its argument: only a plain id, no subquery, is pushed down into the view's GROUP BY.
create view customer_to_recompute as select id from customer_rollup;

create trigger recompute_customer instead of insert on customer_to_recompute begin
  delete from customer_rollup where id = new.id;
  insert into customer_rollup (
    id, phone, earned_orders, open_orders, lost_orders, earned, open, lost, first_at, last_at, last_pos, name,
    name_key, name_pos, whatsapp, whatsapp_pos, city, state, place_pos, facebook_orders, facebook_last,
    tiktok_orders, tiktok_last, whatsapp_orders, whatsapp_last, website_orders, website_last, other_orders,
    other_last
  )
  select
    id, phone, earned_orders, open_orders, lost_orders, earned, open, lost, first_at, last_at, last_pos, name,
    name_key, name_pos, whatsapp, whatsapp_pos, city, state, place_pos, facebook_orders, facebook_last,
    tiktok_orders, tiktok_last, whatsapp_orders, whatsapp_last, website_orders, website_last, other_orders,
    other_last
  from customer_facts
  where id = new.id;
end;

create trigger orders_deleted after delete on orders begin
  insert into customer_to_recompute (id) values ((select customer_id from phones where phone = old.phone));

  insert into customer_change (order_id, customer_id)
  select old.id, customer_id from phones where phone = old.phone;
end;

create trigger orders_updated after update on orders
when
  old.id is not new.id or old.number is not new.number or old.placed_at is not new.placed_at or
  old.customer_name is not new.customer_name or old.name_key is not new.name_key or old.phone is not new.phone or
  old.phone_raw is not new.phone_raw or old.other_phone is not new.other_phone or
  old.whatsapp is not new.whatsapp or old.amount is not new.amount or old.status is not new.status or
  old.source is not new.source or old.city is not new.city or old.state is not new.state or
  old.address is not new.address or old.sales_rep is not new.sales_rep or old.items is not new.items
begin
  insert into phones (id, phone, customer_id)
  select n, new.phone, n
  from (select coalesce((select max(id) from phones), 0) + 1 as n)
  where not exists (select 1 from phones where phone = new.phone);

  insert into customer_to_recompute (id)
  select distinct customer_id from phones where phone in (old.phone, new.phone);

  insert into customer_change (order_id, customer_id)
  select new.id, customer_id from phones where phone in (old.phone, new.phone) group by customer_id;
end;

-- A merge, or its undoing, repoints a phone; no order is touched.
create trigger phones_repointed after update of customer_id on phones when old.customer_id <> new.customer_id begin
  insert into customer_to_recompute (id) values (old.customer_id);
  insert into customer_to_recompute (id) values (new.customer_id);

  insert into customer_change (order_id, customer_id) values (null, old.customer_id), (null, new.customer_id);
end;
