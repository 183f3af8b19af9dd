-- Who may come in, who is in, and what they did.

create table users (
  id bigint generated always as identity primary key,
  email text collate "C" not null unique constraint users_email_folded check (email = lower(email) and email <> ''),
  role text collate "C" not null constraint users_role_known check (role in ('owner', 'admin', 'staff')),
  password_hash text collate "C" not null,
  created_at bigint not null,
  disabled_at bigint
);

-- A session is found by the SHA-256 of its token, in hexadecimal; the token itself is only in the browser's cookie.
create table sessions (
  token_hash text collate "C" primary key,
  user_id bigint not null references users (id) on delete cascade,
  created_at bigint not null,
  seen_at bigint not null
);

create index sessions_by_user on sessions (user_id);

-- Only ever appended to. `who` is kept as text, so that an entry outlives its user.
create table audit_log (
  id bigint generated always as identity primary key,
  at bigint not null,
  user_id bigint,
  who text collate "C" not null,
  address text collate "C" not null,
  action text collate "C" not null,
  detail text collate "C" not null default ''
);

create index audit_log_by_time on audit_log (at, id);

create table settings (
  name text collate "C" primary key,
  value text collate "C" not null
);
