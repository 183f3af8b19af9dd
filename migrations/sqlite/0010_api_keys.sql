-- Keys by which other programs come in, and what they have asked for once.

create table api_keys (
  id integer primary key autoincrement,
  name text not null constraint api_keys_named check (name <> ''),
  -- The SHA-256 of the key, in hexadecimal; the key itself is only with whoever it was shown to.
  key_hash text not null unique,
  -- Its first letters, by which people tell it from others.
  prefix text not null,
  -- What it may do: names parted by spaces.
  scopes text not null,
  maker text not null,
  created_at integer not null,
  -- Written at most once a minute.
  used_at integer,
  revoked_at integer
) strict;

-- Requests that are to count once, however often they are sent. Without a status one is being worked on.
create table idempotent_requests (
  key_id integer not null references api_keys (id) on delete cascade,
  name text not null,
  -- The SHA-256 of method, path and body.
  request_hash text not null,
  began_at integer not null,
  status integer,
  body text not null default '',
  primary key (key_id, name)
) strict, without rowid;

create index idempotent_requests_by_time on idempotent_requests (began_at);
