-- Files of orders that came in, and what the last of them changed.

create table imports (
  id integer primary key autoincrement,
  began_at integer not null,
  user_id integer,
  who text not null,
  file_name text not null,
  bytes integer not null,
  state text not null constraint imports_state_known check (state in ('columns', 'checking', 'checked', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone')),
  -- What was read, of how much; 0 of 0 where it cannot be told.
  position integer not null default 0,
  total integer not null default 0,
  rows_read integer not null default 0,
  rows_new integer not null default 0,
  rows_changed integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_refused integer not null default 0,
  rows_repeated integer not null default 0,
  -- How many orders an undo put back, and how many it left as somebody has made them since.
  undone integer not null default 0,
  kept integer not null default 0,
  -- Why it came to no end; '' where nothing failed.
  note text not null default '',
  -- Rows of the file to look at, as JSON; gone when it is in.
  samples text not null default '',
  -- Where the file lies on the server that it was sent to; '' when it is not needed any more.
  path text not null default '',
  -- When it last moved: one that has not for a minute has lost its server.
  moved_at integer not null
) strict;

-- One file at a time.
create unique index imports_running on imports (state) where state in ('running', 'undoing');

-- What the last import did to orders: `before` is the order as JSON, '' where there was none; `after` tells whether it
-- is still as the import left it.
create table import_changes (
  import_id integer not null references imports (id),
  number text not null,
  before text not null,
  after text not null,
  primary key (import_id, number)
) strict, without rowid;

-- The report of refused rows, in parts.
create table import_refused (
  id integer primary key autoincrement,
  import_id integer not null references imports (id),
  part text not null
) strict;

create index import_refused_by_import on import_refused (import_id, id);

-- What people have said that columns of their files hold.
create table import_columns (
  header text primary key,
  field text not null
) strict, without rowid;
