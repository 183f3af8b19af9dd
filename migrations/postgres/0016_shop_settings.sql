-- What the shop has decided about itself: rows of `settings` whose names begin with `shop.`. What has no row is as the
-- server was started with.

-- Which change the settings are of: whoever saves over another one is told.
insert into settings (name, value) values ('shop.version', '0');

-- Only ever appended to.
create table settings_history (
  id bigint generated always as identity primary key,
  version bigint not null,
  at bigint not null,
  user_id bigint,
  who text collate "C" not null,
  name text collate "C" not null,
  before text collate "C" not null,
  after text collate "C" not null
);

create index settings_history_by_version on settings_history (version);

-- Readers of the log look up: no customer has the number 0, so all that they take in is that something has changed.
create function shop_settings_changed() returns trigger language plpgsql as $$
begin
  if coalesce(new.name, old.name) like 'shop.%' then
    insert into customer_change (order_id, customer_id) values (null, 0);
  end if;
  return null;
end $$;

create trigger shop_settings_changed after insert or update or delete on settings
for each row execute function shop_settings_changed();
