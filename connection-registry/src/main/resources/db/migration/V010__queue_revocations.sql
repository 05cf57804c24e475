-- OAuth tokens of a connection that is deleted, or ended by its user, are ended at the provider as well: by the broker,
-- which claims what is due. Tokens of connections that were deleted before this are left to lapse.
alter table registry.connections
  -- when the provider is to be told; null when there is nothing to tell it
  add column revocation_due_at        timestamptz,
  -- when it was to be told first: what could not be told for a week is given up
  add column revocation_since         timestamptz,
  add column revocation_claimed_until timestamptz,
  -- claims so far: from the first one on, the tokens may be dead
  add column revocation_attempts      integer not null default 0,
  add column revoked_at_provider      timestamptz,
  -- gone for its owner, and kept until the provider has been told
  add column purged_at                timestamptz,
  add constraint connections_purged_is_deleted check (purged_at is null or deleted_at is not null);

create index connections_due_for_revocation on registry.connections (revocation_due_at)
  where revocation_due_at is not null;
create index connections_to_revoke_by_user on registry.connections (user_id, provider) where revocation_due_at is not null;

grant select (revocation_due_at, revocation_since, revocation_claimed_until, revocation_attempts, purged_at),
      update (revocation_claimed_until, revocation_attempts) on registry.connections to registry_jobs;

-- What waits for its revocation, deleted or purged though it may be; the ordinary read of a credential hides it.
create function registry.revocation_get(u uuid, i uuid) returns setof registry.connections
  language plpgsql volatile security invoker as
$$ begin
  perform set_config('app.user_id', u::text, true);
  return query select c.* from registry.connections c
                where c.user_id = u and c.id = i and c.revocation_due_at is not null;
end $$;
revoke execute on function registry.revocation_get(uuid, uuid) from public;
grant execute on function registry.revocation_get(uuid, uuid) to registry_app;
