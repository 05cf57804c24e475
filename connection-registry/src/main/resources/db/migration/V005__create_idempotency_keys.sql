-- Which connection a request with an Idempotency-Key made; written in the transaction that made it, kept for a day.
create table registry.idempotency_keys (
  user_id       uuid         not null,
  key           varchar(255) not null,
  -- keyed hash of the body: the body itself holds secrets
  request       char(64)     not null,
  connection_id uuid         not null,
  created_at    timestamptz  not null default now(),
  primary key (user_id, key)
);
create index idempotency_keys_by_age on registry.idempotency_keys (created_at);

alter table registry.idempotency_keys enable row level security;
alter table registry.idempotency_keys force row level security;
create policy idempotency_keys_app on registry.idempotency_keys to registry_app
  using (registry.row_visible(user_id)) with check (registry.row_visible(user_id));
create policy idempotency_keys_owner on registry.idempotency_keys to registry_owner using (true) with check (true);
create policy idempotency_keys_jobs on registry.idempotency_keys to registry_jobs using (true);
grant select, insert, delete on registry.idempotency_keys to registry_app;
grant select (user_id, key, created_at), delete on registry.idempotency_keys to registry_jobs;
