-- Who may come in, who is in, and what they did.

create table users (
  id integer primary key autoincrement,
  email text not null unique constraint users_email_folded check (email = lower(email) and email <> ''),
  role text not null constraint users_role_known check (role in ('owner', 'admin', 'staff')),
  password_hash text not null,
  created_at integer not null,
  disabled_at integer
) strict;

-- A session is found by the SHA-256 of its token, in hexadecimal; the token itself is only in the browser's cookie.
create table sessions (
  token_hash text primary key,
  user_id integer not null references users (id) on delete cascade,
  created_at integer not null,
  seen_at integer not null
) strict;

create index sessions_by_user on sessions (user_id);

-- Only ever appended to. `who` is kept as text, so that an entry outlives its user.
create table audit_log (
  id integer primary key autoincrement,
  at integer not null,
  user_id integer,
  who text not null,
  address text not null,
  action text not null,
  detail text not null default ''
) strict;

create index audit_log_by_time on audit_log (at, id);

create table settings (
  name text primary key,
  value text not null
) strict;
