-- What was erased, as keyed hashes: an old file does not bring it back. The key is among the settings.
create table erased (
  hash text primary key,
  -- When, in milliseconds: what was ordered later is new.
  at integer not null
) strict, without rowid;

-- Whether a customer wants messages, by phone; without a row nobody has asked.
create table customer_consents (
  phone_id integer primary key references phones (id),
  consent text not null constraint customer_consents_known check (consent in ('yes', 'no')),
  at integer not null,
  who text not null
) strict;
