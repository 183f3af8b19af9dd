-- Keys by which other programs come in, and what they have asked for once.

create table api_keys (
  id bigint generated always as identity primary key,
  name text collate "C" not null constraint api_keys_named check (name <> ''),
  -- The SHA-256 of the key, in hexadecimal; the key itself is only with whoever it was shown to.
  key_hash text collate "C" not null unique,
  -- Its first letters, by which people tell it from others.
  prefix text collate "C" not null,
  -- What it may do: names parted by spaces.
  scopes text collate "C" not null,
  maker text collate "C" not null,
  created_at bigint not null,
  -- Written at most once a minute.
  used_at bigint,
  revoked_at bigint
);

-- Requests that are to count once, however often they are sent. Without a status one is being worked on.
create table idempotent_requests (
  key_id bigint not null references api_keys (id) on delete cascade,
  name text collate "C" not null,
  -- The SHA-256 of method, path and body.
  request_hash text collate "C" not null,
  began_at bigint not null,
  status bigint,
  body text collate "C" not null default '',
  primary key (key_id, name)
);

create index idempotent_requests_by_time on idempotent_requests (began_at);
