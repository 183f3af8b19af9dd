-- Somebody invited is a user without a password: '' fits none. When somebody was seen last outlives their sessions.
alter table users add column seen_at integer;

-- A link with which one person sets a password, once. It is found by the SHA-256 of its token; a new one takes the
-- place of the one before.
create table password_links (
  user_id integer primary key references users (id) on delete cascade,
  token_hash text not null unique,
  expires_at integer not null
) strict;
