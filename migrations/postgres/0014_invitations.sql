-- Somebody invited is a user without a password: '' fits none. When somebody was seen last outlives their sessions.
alter table users add column seen_at bigint;

-- A link with which one person sets a password, once. It is found by the SHA-256 of its token; a new one takes the
-- place of the one before.
create table password_links (
  user_id bigint primary key references users (id) on delete cascade,
  token_hash text collate "C" not null unique,
  expires_at bigint not null
);
