-- What the shop has decided about itself: rows of `settings` whose names begin with `shop.`. What has no row is as the
-- server was started with.

-- Which change the settings are of: whoever saves over another one is told.
insert into settings (name, value) values ('shop.version', '0');

-- Only ever appended to.
create table settings_history (
  id integer primary key autoincrement,
  version integer not null,
  at integer not null,
  user_id integer,
  who text not null,
  name text not null,
  before text not null,
  after text not null
) strict;

create index settings_history_by_version on settings_history (version);

-- Readers of the log look up: no customer has the number 0, so all that they take in is that something has changed.
create trigger shop_settings_added after insert on settings when new.name like 'shop.%' begin
  insert into customer_change (order_id, customer_id) values (null, 0);
end;

create trigger shop_settings_changed after update on settings when new.name like 'shop.%' begin
  insert into customer_change (order_id, customer_id) values (null, 0);
end;

create trigger shop_settings_removed after delete on settings when old.name like 'shop.%' begin
  insert into customer_change (order_id, customer_id) values (null, 0);
end;
