-- The finder keeps orders in order of time; nothing walks this index any more, and every order paid for it.
drop index orders_by_time;

-- Messages to customers that the shop has written, with places for what is known of the customer.
create table templates (
  id integer primary key autoincrement,
  name text not null unique constraint templates_named check (name <> ''),
  body text not null constraint templates_written check (body <> ''),
  -- The one that the WhatsApp button of the list takes.
  is_default integer not null default 0 constraint templates_default check (is_default in (0, 1))
) strict;

create unique index templates_one_default on templates (is_default) where is_default = 1;
