-- Files of orders that came in, and what the last of them changed.

create table imports (
  id bigint generated always as identity primary key,
  began_at bigint not null,
  user_id bigint,
  who text collate "C" not null,
  file_name text collate "C" not null,
  bytes bigint not null,
  state text collate "C" not null constraint imports_state_known check (state in ('columns', 'checking', 'checked', 'running', 'done', 'stopped', 'failed', 'undoing', 'undone')),
  -- What was read, of how much; 0 of 0 where it cannot be told.
  position bigint not null default 0,
  total bigint not null default 0,
  rows_read bigint not null default 0,
  rows_new bigint not null default 0,
  rows_changed bigint not null default 0,
  rows_unchanged bigint not null default 0,
  rows_refused bigint not null default 0,
  rows_repeated bigint not null default 0,
  -- How many orders an undo put back, and how many it left as somebody has made them since.
  undone bigint not null default 0,
  kept bigint not null default 0,
  -- Why it came to no end; '' where nothing failed.
  note text collate "C" not null default '',
  -- Rows of the file to look at, as JSON; gone when it is in.
  samples text collate "C" not null default '',
  -- Where the file lies on the server that it was sent to; '' when it is not needed any more.
  path text collate "C" not null default '',
  -- When it last moved: one that has not for a minute has lost its server.
  moved_at bigint not null
);

-- One file at a time.
create unique index imports_running on imports (state) where state in ('running', 'undoing');

-- What the last import did to orders: `before` is the order as JSON, '' where there was none; `after` tells whether it
-- is still as the import left it.
create table import_changes (
  import_id bigint not null references imports (id),
  number text collate "C" not null,
  before text collate "C" not null,
  after text collate "C" not null,
  primary key (import_id, number)
);

-- The report of refused rows, in parts.
create table import_refused (
  id bigint generated always as identity primary key,
  import_id bigint not null references imports (id),
  part text collate "C" not null
);

create index import_refused_by_import on import_refused (import_id, id);

-- What people have said that columns of their files hold.
create table import_columns (
  header text collate "C" primary key,
  field text collate "C" not null
);
