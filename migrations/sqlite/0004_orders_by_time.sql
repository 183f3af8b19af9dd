-- Newest first without sorting, whatever status or source is asked for: both stand in the index, so that walking and
-- counting read nothing else.
create index orders_by_time on orders (placed_at, number, status, source);
