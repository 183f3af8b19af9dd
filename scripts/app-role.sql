-- Lets a PostgreSQL role run Onibara without owning its tables: it reads and writes the shop's data, but of the audit log
-- it may only insert and select. Run it as the owner of the tables, after each new version has brought the schema up to
-- date:
--
--   psql "$OWNER_DATABASE_URL" -v role=onibara_app -f scripts/app-role.sql
--
-- and start the server with DATABASE_URL naming the role.

grant usage, create on schema public to :role;
grant select, insert, update, delete on all tables in schema public to :role;
grant usage, select on all sequences in schema public to :role;
revoke all on audit_log from :role;
grant select, insert on audit_log to :role;
-- What an erasure takes out of the log, and nothing else.
grant execute on function audit_log_erase(text[]) to :role;
