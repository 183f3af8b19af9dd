-- A second step of signing in: codes by RFC 6238. A key that is pending has not yet been confirmed by a code; `step` is
-- the last thirty seconds whose code was used, and no code of theirs or before is taken again.
create table second_steps (
  user_id bigint primary key references users (id) on delete cascade,
  secret text collate "C" not null,
  confirmed_at bigint,
  step bigint not null default 0
);

-- Each stands in for a code once. Only their SHA-256 is kept: they are random.
create table recovery_codes (
  user_id bigint not null references users (id) on delete cascade,
  code_hash text collate "C" not null,
  primary key (user_id, code_hash)
);

-- Whoever has given their password and is to give a code.
create table half_sessions (
  token_hash text collate "C" primary key,
  user_id bigint not null references users (id) on delete cascade,
  created_at bigint not null,
  attempts bigint not null default 0
);
