-- A note that a device has sent twice, because it did not hear the answer, is there once.
alter table customer_notes add column token text;
create unique index customer_notes_by_token on customer_notes (author_id, token);
