-- How each user wants pages to look.

create table preferences (
  user_id integer not null references users (id) on delete cascade,
  name text not null,
  value text not null,
  primary key (user_id, name)
) strict, without rowid;
