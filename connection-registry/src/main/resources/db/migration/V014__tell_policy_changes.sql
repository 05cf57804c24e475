-- Who keeps an opened MCP connection in memory keeps with it which of its tools may be called.
drop trigger connections_tell_change on registry.connections;

create trigger connections_tell_change
  after update of user_id, data, status, credential_generation, deleted_at, tool_policy on registry.connections
  for each row when (old.user_id is distinct from new.user_id
                  or old.status is distinct from new.status
                  or old.credential_generation is distinct from new.credential_generation
                  or old.deleted_at is distinct from new.deleted_at
                  or old.tool_policy is distinct from new.tool_policy
                  or old.data is distinct from new.data and new.rewrap_run <= old.rewrap_run)
  execute function registry.tell_credential_change();
