-- PostgreSQL gives no id again; what is known of an order by its id goes with it all the same.
create index quality_fixed_by_order on quality_fixed (order_id) where order_id is not null;

create function forget_gone_order() returns trigger language plpgsql as $$
begin
  delete from quality_fixed where order_id = old.id;
  delete from quality_fixes where what = 'zero_right' and one = old.id;
  return null;
end $$;

create trigger orders_gone_with_quality after delete on orders for each row execute function forget_gone_order();

-- What somebody did from an address, where many others have been too.
create index audit_log_by_who_and_address on audit_log (who, address, at, id);
