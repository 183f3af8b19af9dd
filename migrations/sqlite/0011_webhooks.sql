-- Shops of other makers that send their orders, and what came from them.

create table hooks (
  id integer primary key autoincrement,
  -- The last part of its address: public, and hard to guess.
  token text not null unique,
  kind text not null constraint hooks_kind_known check (kind in ('woocommerce', 'shopify')),
  -- What deliveries are signed with; the sender knows it too, so it cannot be kept as a hash.
  secret text not null,
  maker text not null,
  created_at integer not null,
  paused integer not null default 0 constraint hooks_paused check (paused in (0, 1))
) strict;

-- What was delivered, by the sender's name for it: the same one counts once. No name, phone or address is in it.
create table hook_deliveries (
  id integer primary key autoincrement,
  hook_id integer not null references hooks (id) on delete cascade,
  delivery text not null,
  at integer not null,
  topic text not null,
  order_number text not null,
  result text not null,
  reason text not null,
  unique (hook_id, delivery)
) strict;

create index hook_deliveries_by_time on hook_deliveries (at);

-- How new the state is that an order has been brought to: an older one never replaces it.
create table hook_orders (
  hook_id integer not null references hooks (id) on delete cascade,
  external_id text not null,
  order_number text not null,
  changed_at integer not null,
  deleted integer not null default 0 constraint hook_orders_deleted check (deleted in (0, 1)),
  primary key (hook_id, external_id)
) strict, without rowid;
