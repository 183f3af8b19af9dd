-- What was erased, as keyed hashes: an old file does not bring it back. The key is among the settings.
create table erased (
  hash text collate "C" primary key,
  -- When, in milliseconds: what was ordered later is new.
  at bigint not null
);

-- Whether a customer wants messages, by phone; without a row nobody has asked.
create table customer_consents (
  phone_id bigint primary key references phones (id),
  consent text collate "C" not null constraint customer_consents_known check (consent in ('yes', 'no')),
  at bigint not null,
  who text collate "C" not null
);
