-- Tests of connections: the last one, and who is at one now.
alter table registry.connections
  -- {success, outcome, message, tested_at}, as it was told
  add column last_test            jsonb check (jsonb_typeof(last_test) = 'object'),
  -- moves with every test, also one that said nothing about the credential
  add column last_test_attempt_at timestamptz,
  add column test_claim           uuid,
  add column test_claimed_until   timestamptz,
  -- when the health monitor looks next; a new connection gets its own time of the day
  add column test_due_at          timestamptz not null default now() + random() * interval '24 hours',
  -- tests in a row that said nothing, which puts off the next one
  add column test_silences        integer not null default 0,
  -- whether a refresh token is stored; unknown for what was written before
  add column refreshable          boolean,
  -- the expiry that its owner was told of
  add column expiry_announced     timestamptz;

drop index registry.connections_due_for_test;
create index connections_due_for_test on registry.connections (test_due_at)
  where deleted_at is null and status in ('active', 'invalid');
create index connections_ending on registry.connections (expires_at)
  where deleted_at is null and status = 'active' and refreshable is false and expires_at is not null;
create index connections_by_status on registry.connections (status, provider) where deleted_at is null;
create index connections_deleted on registry.connections (deleted_at) where deleted_at is not null;

grant select (test_due_at, test_claimed_until, test_silences, refreshable, expiry_announced), update (test_due_at)
  on registry.connections to registry_jobs;
grant delete on registry.connections to registry_app;

-- The 24-hour rule; a test that said nothing is not repeated at every use.
create function registry.test_is_due(tested timestamptz, attempted timestamptz) returns boolean language sql stable as
$$ select (tested is null or tested < now() - interval '24 hours')
      and (attempted is null or attempted < now() - interval '5 minutes') $$;

-- A summary says how the last test went.
drop function registry.connection_get(uuid, uuid);
drop view registry.connection_summary;
create view registry.connection_summary with (security_invoker = true) as
  select id, user_id, name, connection_method, provider, status, status_reason, mcp_server_url, mcp_tools,
         mcp_tool_count, capabilities, metadata, version, expires_at, last_used_at, last_tested_at, created_at, updated_at,
         last_test, refreshable
    from registry.connections
   where deleted_at is null;
grant select on registry.connection_summary to registry_app;

create function registry.connection_get(u uuid, i uuid) returns setof registry.connection_summary
  language plpgsql volatile security invoker as
$$ begin
  perform set_config('app.user_id', u::text, true);
  return query select s.* from registry.connection_summary s where s.user_id = u and s.id = i;
end $$;
revoke execute on function registry.connection_get(uuid, uuid), registry.test_is_due(timestamptz, timestamptz) from public;
grant execute on function registry.connection_get(uuid, uuid), registry.test_is_due(timestamptz, timestamptz) to registry_app;
