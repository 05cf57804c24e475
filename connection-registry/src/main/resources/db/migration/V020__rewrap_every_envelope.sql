-- A bulk rewrap moves every envelope that is stored here: those of connections, the secrets that webhooks are signed with,
-- and those of OAuth clients.
alter table registry.webhooks
  add column rewrap_run           bigint not null default 0,
  add column rewrap_claimed_until timestamptz;
create index webhooks_due_for_rewrap on registry.webhooks (rewrap_run, user_id, id);

-- Entries are few and go by their key; a run goes by ids. What seals a client's secret is the key of the suite itself.
alter table registry.providers
  add column rewrap_id            uuid    not null default gen_random_uuid() unique,
  add column key_scope            uuid    not null default '00000000-0000-0000-0000-000000000001',
  add column has_client_secret    boolean not null generated always as (client_secret is not null) stored,
  add column rewrap_run           bigint  not null default 0,
  add column rewrap_claimed_until timestamptz;

create trigger webhooks_rewrap_again before update of secret on registry.webhooks
  for each row when (old.secret is distinct from new.secret and old.rewrap_run = new.rewrap_run)
  execute function registry.rewrap_again();
create trigger providers_rewrap_again before update of client_secret on registry.providers
  for each row when (old.client_secret is distinct from new.client_secret and old.rewrap_run = new.rewrap_run)
  execute function registry.rewrap_again();

grant update (secret, rewrap_run, rewrap_claimed_until) on registry.webhooks to registry_app;

-- A replica of the release before knows connections alone, and would end a run that has the others still to do. To it, as to
-- whoever is refused here, the run just goes on; a replica that does the rest ends it.
create function registry.rewrap_goes_on() returns trigger language plpgsql as
$$ begin
  if exists (select from registry.webhooks where rewrap_run < new.run_number)
     or exists (select from registry.providers where rewrap_run < new.run_number and has_client_secret) then
    return null;
  end if;
  return new;
end $$;
create trigger rewrap_runs_go_on before update of finished_at on registry.rewrap_runs
  for each row when (old.finished_at is null and new.finished_at is not null)
  execute function registry.rewrap_goes_on();
revoke execute on function registry.rewrap_goes_on() from public;

-- What claiming and counting need, and no envelope.
grant select (rewrap_run, rewrap_claimed_until), update (rewrap_claimed_until) on registry.webhooks to registry_jobs;
grant select (id, user_id, created_at) on registry.webhooks to registry_jobs;
grant select (rewrap_id, key_scope, has_client_secret, updated_at, rewrap_run, rewrap_claimed_until), update (rewrap_claimed_until)
  on registry.providers to registry_jobs;

alter table registry.rewrap_runs
  add column failed_webhooks uuid[] not null default '{}',
  add column failed_clients  text[] not null default '{}';
grant update (failed_webhooks, failed_clients) on registry.rewrap_runs to registry_app;
