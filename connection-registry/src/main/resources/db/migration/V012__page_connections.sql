-- Live rows as a list shows them: without their secrets, and without the definitions of their tools.
create view registry.connection_line with (security_invoker = true) as
  select id, user_id, name, connection_method, provider, status, status_reason, mcp_server_url, mcp_tool_count,
         capabilities, metadata, version, expires_at, last_used_at, last_tested_at, last_test, created_at, updated_at
    from registry.connections
   where deleted_at is null;
grant select on registry.connection_line to registry_app;

-- The list that is asked for most, newest first, from its start or after a place, in one statement, which costs far less
-- than a transaction around two. One statement for each case: a condition for both would keep the index from being walked.
-- Planned once for all users: for one user's hundred rows a plan of its own takes another index and sorts them.
create function registry.connection_page(u uuid, after_time timestamptz, after_id uuid, most integer)
  returns setof registry.connection_line language plpgsql volatile security invoker
  set plan_cache_mode = force_generic_plan as
$$ begin
  perform set_config('app.user_id', u::text, true);
  if after_id is null then
    return query select l.* from registry.connection_line l
                  where l.user_id = u
                  order by l.created_at desc, l.id desc limit most;
  else
    return query select l.* from registry.connection_line l
                  where l.user_id = u and (l.created_at, l.id) < (after_time, after_id)
                  order by l.created_at desc, l.id desc limit most;
  end if;
end $$;
revoke execute on function registry.connection_page(uuid, timestamptz, uuid, integer) from public;
grant execute on function registry.connection_page(uuid, timestamptz, uuid, integer) to registry_app;
