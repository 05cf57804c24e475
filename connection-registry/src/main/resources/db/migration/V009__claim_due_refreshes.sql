-- Tokens are refreshed before they end, by whichever replica of the broker claims them first.
alter table registry.connections
  add column refresh_claimed_until timestamptz,
  -- set by a claim that finds a connection which nobody has used for a month; the next use takes it back
  add column refresh_idle boolean not null default false;

-- In the order of claims. What is out of use would stay at its head for good, so it is not in it; a claim itself changes
-- no indexed column, and so writes no index.
drop index registry.connections_due_for_refresh;
create index connections_due_for_refresh on registry.connections (expires_at)
  where deleted_at is null and connection_method = 'oauth2' and status = 'active' and refreshable and not refresh_idle
    and expires_at is not null;

grant select (refresh_claimed_until, refresh_idle), update (refresh_claimed_until, refresh_idle)
  on registry.connections to registry_jobs;
