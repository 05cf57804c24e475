-- Catalogue entries that administrators defined; they come before bundled ones and files. Nothing in here is a user's.
create table registry.providers (
  key           varchar(64)  primary key check (key ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  -- json keeps the order of keys, in which headers and parameters are sent
  definition    json         not null check (json_typeof(definition) = 'object'),
  client_id     varchar(1024),
  -- the vault's envelope, bound to the system user and to an id made of the key
  client_secret jsonb        check (jsonb_typeof(client_secret) = 'object'),
  updated_at    timestamptz  not null default clock_timestamp(),
  check (client_secret is null or client_id is not null)
);

-- Who did what to which entry. Append-only for the application.
create table registry.provider_changes (
  id          uuid         primary key,
  key         varchar(64)  not null,
  change      varchar(20)  not null check (change in ('created', 'updated', 'deleted')),
  occurred_at timestamptz  not null,
  actor       varchar(255) not null,
  via         varchar(255) not null,
  trace_id    varchar(32),
  -- what became of the client: kept, set or removed
  client      varchar(20)  not null
);
create index provider_changes_by_key on registry.provider_changes (key, occurred_at desc);

grant select, insert, update, delete on registry.providers to registry_app;
grant select, insert on registry.provider_changes to registry_app;
