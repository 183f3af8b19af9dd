-- A second step of signing in: codes by RFC 6238. A key that is pending has not yet been confirmed by a code; `step` is
-- the last thirty seconds whose code was used, and no code of theirs or before is taken again.
create table second_steps (
  user_id integer primary key references users (id) on delete cascade,
  secret text not null,
  confirmed_at integer,
  step integer not null default 0
) strict;

-- Each stands in for a code once. Only their SHA-256 is kept: they are random.
create table recovery_codes (
  user_id integer not null references users (id) on delete cascade,
  code_hash text not null,
  primary key (user_id, code_hash)
) strict;

-- Whoever has given their password and is to give a code.
create table half_sessions (
  token_hash text primary key,
  user_id integer not null references users (id) on delete cascade,
  created_at integer not null,
  attempts integer not null default 0
) strict;
