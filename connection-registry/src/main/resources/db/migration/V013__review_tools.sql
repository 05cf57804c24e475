-- What an owner has seen and approved of an MCP server's tools, and which of them may be called.
alter table registry.connections
  -- {require_approval, allowed_tools: names or null for all, approved: {name: hash}}; null until anything was decided
  add column tool_policy        jsonb check (jsonb_typeof(tool_policy) = 'object'),
  -- the approved definitions by name, whole, to tell what has changed; null until a second look at the server
  add column approved_tools     jsonb check (jsonb_typeof(approved_tools) = 'object'),
  -- when the server was last asked
  add column tools_refreshed_at timestamptz;

-- A user's own connection with what its server offers. Definitions are large: neither lists nor single reads carry these.
create function registry.tools_get(u uuid, i uuid)
  returns table (connection_method varchar, version bigint, mcp_tools text, approved_tools text, tool_policy text,
                 tools_refreshed_at timestamptz)
  language plpgsql volatile security invoker as
$$ begin
  perform set_config('app.user_id', u::text, true);
  return query select c.connection_method, c.version, c.mcp_tools::text, c.approved_tools::text, c.tool_policy::text,
                      c.tools_refreshed_at
                 from registry.connections c where c.user_id = u and c.id = i and c.deleted_at is null;
end $$;

-- What a policy refuses, in the fewest words; null when it refuses nothing.
create function registry.tools_refused(policy jsonb) returns jsonb language sql immutable as
$$ select case when policy->'require_approval' = 'true' then policy
               when jsonb_typeof(policy->'allowed_tools') = 'array' then policy - 'approved' end $$;

revoke execute on function registry.tools_get(uuid, uuid), registry.tools_refused(jsonb) from public;
grant execute on function registry.tools_get(uuid, uuid), registry.tools_refused(jsonb) to registry_app;
