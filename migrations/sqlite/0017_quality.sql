-- What people have said about data that looked wrong: put right, or right as it is. What is taken back keeps its row.
create table quality_fixes (
  id integer primary key autoincrement,
  at integer not null,
  user_id integer,
  who text not null,
  -- `merged`: the phones listed in `before` went from customer `other` to customer `one`; `different`: these two are not
  -- the same person; `place`: the state spelled `before` is `after`; `place_right`: it is right; `zero_right`: the order with
  -- the id `one` costs nothing.
  what text not null constraint quality_fixes_known check (what in
    ('merged', 'different', 'place', 'place_right', 'zero_right')),
  one integer not null default 0,
  other integer not null default 0,
  before text not null default '',
  after text not null default '',
  undone_at integer
) strict;

create index quality_fixes_by_kind on quality_fixes (what, one, other);

-- The orders, and the customers whose place somebody had set, that a fix of a place has changed.
create table quality_fixed (
  fix_id integer not null references quality_fixes (id),
  order_id integer,
  phone_id integer
) strict;

create index quality_fixed_by_fix on quality_fixed (fix_id);

-- Few orders cost nothing, so that every other one costs the index nothing.
create index orders_of_zero on orders (id) where amount = 0;
