-- How each user wants pages to look.

create table preferences (
  user_id bigint not null references users (id) on delete cascade,
  name text collate "C" not null,
  value text collate "C" not null,
  primary key (user_id, name)
);
