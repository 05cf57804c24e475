-- Whoever keeps credentials in memory listens on this channel and lets go of the one that is named. The payload is the
-- connection's id and nothing else. Nothing is told of a name, a use, a test or a rewrap: none of them makes a credential
-- stale, and a rewrap touches every row there is.
create function registry.tell_credential_change() returns trigger language plpgsql as
$$ begin
  perform pg_notify('registry_connections', old.id::text);
  return null;
end $$;
revoke execute on function registry.tell_credential_change() from public;

-- A rewrap is told apart by the run number, which it alone moves forward.
create trigger connections_tell_change
  after update of user_id, data, status, credential_generation, deleted_at on registry.connections
  for each row when (old.user_id is distinct from new.user_id
                  or old.status is distinct from new.status
                  or old.credential_generation is distinct from new.credential_generation
                  or old.deleted_at is distinct from new.deleted_at
                  or old.data is distinct from new.data and new.rewrap_run <= old.rewrap_run)
  execute function registry.tell_credential_change();

create trigger connections_tell_removal after delete on registry.connections
  for each row when (old.deleted_at is null) execute function registry.tell_credential_change();
