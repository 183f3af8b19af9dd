-- Shops of other makers that send their orders, and what came from them.

create table hooks (
  id bigint generated always as identity primary key,
  -- The last part of its address: public, and hard to guess.
  token text collate "C" not null unique,
  kind text collate "C" not null constraint hooks_kind_known check (kind in ('woocommerce', 'shopify')),
  -- What deliveries are signed with; the sender knows it too, so it cannot be kept as a hash.
  secret text collate "C" not null,
  maker text collate "C" not null,
  created_at bigint not null,
  paused bigint not null default 0 constraint hooks_paused check (paused in (0, 1))
);

-- What was delivered, by the sender's name for it: the same one counts once. No name, phone or address is in it.
create table hook_deliveries (
  id bigint generated always as identity primary key,
  hook_id bigint not null references hooks (id) on delete cascade,
  delivery text collate "C" not null,
  at bigint not null,
  topic text collate "C" not null,
  order_number text collate "C" not null,
  result text collate "C" not null,
  reason text collate "C" not null,
  unique (hook_id, delivery)
);

create index hook_deliveries_by_time on hook_deliveries (at);

-- How new the state is that an order has been brought to: an older one never replaces it.
create table hook_orders (
  hook_id bigint not null references hooks (id) on delete cascade,
  external_id text collate "C" not null,
  order_number text collate "C" not null,
  changed_at bigint not null,
  deleted bigint not null default 0 constraint hook_orders_deleted check (deleted in (0, 1)),
  primary key (hook_id, external_id)
);
