-- What a search looks at, in small letters: made when a row is written, so that looking at thousands of rows is comparing
-- bytes. Taking it from `metadata` row by row, and folding case five times for each, takes five times as long.
-- No trigram index: below a row policy an operator that is not leakproof, as `like` is, cannot be an index condition.
-- Writes the table anew, under a lock that holds up everybody else for that long.
alter table registry.connections
  add column searched text generated always as (
    lower(name || E'\n' || provider
          || E'\n' || coalesce(metadata->'account'->>'name', '')
          || E'\n' || coalesce(metadata->'account'->>'email', '')
          || E'\n' || coalesce(metadata->'account'->>'id', ''))) stored;

create or replace view registry.connection_summary with (security_invoker = true) as
  select id, user_id, name, connection_method, provider, status, status_reason, mcp_server_url, mcp_tools,
         mcp_tool_count, capabilities, metadata, version, expires_at, last_used_at, last_tested_at, created_at, updated_at,
         last_test, refreshable, searched
    from registry.connections
   where deleted_at is null;
