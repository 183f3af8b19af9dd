-- SQLite gives the id of the newest row again once that is deleted: what is known of an order by its id goes with it.
create index quality_fixed_by_order on quality_fixed (order_id) where order_id is not null;

create trigger orders_gone_with_quality after delete on orders begin
  delete from quality_fixed where order_id = old.id;
  delete from quality_fixes where what = 'zero_right' and one = old.id;
end;

-- What somebody did from an address, where many others have been too.
create index audit_log_by_who_and_address on audit_log (who, address, at, id);
