-- Whom and what a line of the audit log is about, by number: an erasure leaves the line and takes what it points to.
alter table audit_log add column customer_id bigint;
alter table audit_log add column order_number text collate "C" not null default '';

update audit_log set order_number = substr(detail, 7), detail = ''
where action in ('order_saved', 'order_deleted') and detail like 'order %';

-- The page walks one of these, the newest first.
create index audit_log_by_action on audit_log (action, at, id);
create index audit_log_by_who on audit_log (who, at, id);
create index audit_log_by_who_and_action on audit_log (who, action, at, id);
create index audit_log_by_address on audit_log (address, at, id);
create index audit_log_by_order on audit_log (order_number) where order_number <> '';
create index audit_log_by_customer on audit_log (customer_id) where customer_id is not null;

-- Only ever appended to; of what is there, an erasure may take the number of an order and nothing else.
create function audit_log_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.order_number = '(erased)' and old.order_number <> ''
      and to_jsonb(new) - 'order_number' = to_jsonb(old) - 'order_number' then
      return new;
    end if;
  end if;
  raise exception 'audit_log is only ever appended to' using errcode = 'restrict_violation';
end $$;

create trigger audit_log_kept before update or delete on audit_log for each row execute function audit_log_kept();
create trigger audit_log_not_truncated before truncate on audit_log for each statement execute function audit_log_kept();

-- The one way to that for a role that may only insert and select: it does what the table's owner may.
create function audit_log_erase(numbers text[]) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  blanked bigint;
begin
  update audit_log set order_number = '(erased)' where order_number = any (numbers) and order_number <> '';
  get diagnostics blanked = row_count;
  return blanked;
end $$;

revoke execute on function audit_log_erase(text[]) from public;
