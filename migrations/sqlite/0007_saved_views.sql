-- Views of the customers page that people have given a name: the query as it stands in the address.

create table saved_views (
  id integer primary key autoincrement,
  user_id integer not null references users (id) on delete cascade,
  name text not null constraint saved_views_named check (name <> ''),
  query text not null,
  -- Whether the others see it too.
  shared integer not null default 0 constraint saved_views_shared check (shared in (0, 1)),
  unique (user_id, name)
) strict;
