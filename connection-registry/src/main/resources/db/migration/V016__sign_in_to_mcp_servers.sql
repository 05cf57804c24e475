-- Connections of MCP servers may hold OAuth tokens, too: those that a sign-in has brought.
alter table registry.connections
  add column signed_in boolean not null default false;

-- They are refreshed before they end, too.
drop index registry.connections_due_for_refresh;
create index connections_due_for_refresh on registry.connections (expires_at)
  where deleted_at is null and connection_method in ('oauth2', 'mcp') and status = 'active' and refreshable
    and not refresh_idle and expires_at is not null;
