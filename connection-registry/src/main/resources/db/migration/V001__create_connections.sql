-- A user's connections. `data` is the vault's envelope and nothing else; only credential_get reads it.
create table registry.connections (
  id                    uuid primary key,
  user_id               uuid         not null,
  name                  varchar(255) not null check (name <> ''),
  connection_method     varchar(50)  not null
                        check (connection_method in ('api_key', 'oauth2', 'mcp', 'basic_auth', 'custom')),
  provider              varchar(100) not null check (provider ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  status                varchar(50)  not null default 'active'
                        check (status in ('active', 'invalid', 'expired', 'revoked')),
  status_reason         text,
  data                  jsonb        not null check (jsonb_typeof(data) = 'object'),

  mcp_server_url        text,
  mcp_tools             jsonb        check (jsonb_typeof(mcp_tools) = 'array'),
  mcp_tool_count        integer      generated always as (jsonb_array_length(mcp_tools)) stored,
  capabilities          jsonb        not null default '{}' check (jsonb_typeof(capabilities) = 'object'),

  metadata              jsonb        not null default '{}' check (jsonb_typeof(metadata) = 'object'),
  -- moves only with what a user edits; the entity tag
  version               bigint       not null default 1,
  -- moves only with the secret; the loser of two refreshes is found by it
  credential_generation bigint       not null default 1,
  credential_attempt_id uuid,
  expires_at            timestamptz,
  last_used_at          timestamptz,
  last_tested_at        timestamptz,
  created_at            timestamptz  not null default now(),
  updated_at            timestamptz  not null default now(),
  deleted_at            timestamptz,

  check (connection_method <> 'mcp' or mcp_server_url is not null)
);

create index connections_by_user on registry.connections (user_id, created_at desc, id desc) where deleted_at is null;
create index connections_by_provider on registry.connections (user_id, provider) where deleted_at is null;
create index connections_due_for_refresh on registry.connections (expires_at)
  where deleted_at is null and connection_method = 'oauth2' and status = 'active';
create index connections_due_for_test on registry.connections (last_tested_at nulls first) where deleted_at is null;

-- The one place that says who sees a row; sharing would extend it here.
create function registry.row_visible(owner uuid) returns boolean language sql stable as
$$ select owner = nullif(current_setting('app.user_id', true), '')::uuid $$;

alter table registry.connections enable row level security;
alter table registry.connections force row level security;

create policy connections_app on registry.connections to registry_app
  using (registry.row_visible(user_id)) with check (registry.row_visible(user_id));
-- Under FORCE the owner's own backfills would see no rows.
create policy connections_owner on registry.connections to registry_owner using (true) with check (true);
create policy connections_jobs_select on registry.connections for select to registry_jobs using (true);
create policy connections_jobs_update on registry.connections for update to registry_jobs using (true) with check (true);

grant select, insert, update on registry.connections to registry_app;
-- What claiming due work needs, and never `data`.
grant select (id, user_id, connection_method, provider, status, expires_at, last_tested_at, last_used_at, created_at,
              deleted_at), update (last_tested_at) on registry.connections to registry_jobs;

-- Live rows without their secrets: what lists and single reads select.
create view registry.connection_summary with (security_invoker = true) as
  select id, user_id, name, connection_method, provider, status, status_reason, mcp_server_url, mcp_tools,
         mcp_tool_count, capabilities, metadata, version, expires_at, last_used_at, last_tested_at, created_at, updated_at
    from registry.connections
   where deleted_at is null;
grant select on registry.connection_summary to registry_app;

-- Sets the user and reads in one statement, which costs far less than a transaction around two.
create function registry.connection_get(u uuid, i uuid) returns setof registry.connection_summary
  language plpgsql volatile security invoker as
$$ begin
  perform set_config('app.user_id', u::text, true);
  return query select s.* from registry.connection_summary s where s.user_id = u and s.id = i;
end $$;

create function registry.credential_get(u uuid, i uuid) returns setof registry.connections
  language plpgsql volatile security invoker as
$$ begin
  perform set_config('app.user_id', u::text, true);
  return query select c.* from registry.connections c where c.user_id = u and c.id = i and c.deleted_at is null;
end $$;

revoke execute on all functions in schema registry from public;
grant execute on function registry.row_visible(uuid) to registry_app, registry_owner, registry_jobs;
grant execute on function registry.connection_get(uuid, uuid), registry.credential_get(uuid, uuid) to registry_app;
