-- Whom and what a line of the audit log is about, by number: an erasure leaves the line and takes what it points to.
alter table audit_log add column customer_id integer;
alter table audit_log add column order_number text not null default '';

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
create trigger audit_log_kept before update on audit_log
when not (
  new.order_number = '(erased)' and old.order_number <> '' and new.id is old.id and new.at is old.at and
  new.user_id is old.user_id and new.who is old.who and new.address is old.address and new.action is old.action and
  new.detail is old.detail and new.customer_id is old.customer_id
) begin
  select raise(abort, 'audit_log is only ever appended to');
end;

create trigger audit_log_not_deleted before delete on audit_log begin
  select raise(abort, 'audit_log is only ever appended to');
end;
