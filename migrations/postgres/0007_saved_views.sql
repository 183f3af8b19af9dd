-- Views of the customers page that people have given a name: the query as it stands in the address.

create table saved_views (
  id bigint generated always as identity primary key,
  user_id bigint not null references users (id) on delete cascade,
  name text collate "C" not null constraint saved_views_named check (name <> ''),
  query text collate "C" not null,
  -- Whether the others see it too.
  shared bigint not null default 0 constraint saved_views_shared check (shared in (0, 1)),
  unique (user_id, name)
);
