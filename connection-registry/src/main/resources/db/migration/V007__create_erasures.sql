-- Users that are being erased, and the receipts. Nothing in here but ids, numbers and times.
create table registry.erasures (
  user_id       uuid         primary key,
  id            uuid         not null unique,
  requested_by  varchar(255) not null,
  requested_at  timestamptz  not null default now(),
  -- answers of the steps that are done, by step
  steps         jsonb        not null default '{}' check (jsonb_typeof(steps) = 'object'),
  claimed_until timestamptz,
  attempts      integer      not null default 0,
  last_error    varchar(255),
  finished_at   timestamptz
);
create index erasures_unfinished on registry.erasures (requested_at) where finished_at is null;
grant select, insert, update on registry.erasures to registry_jobs;

-- Everything the registry has about a user, in numbers. Runs as the owner, who alone may delete events.
create function registry.erase_user(u uuid) returns jsonb language plpgsql volatile security definer
  set search_path = pg_catalog, registry as
$$
declare counts jsonb := '{}'; t text; n bigint;
begin
  -- In the order in which every change takes its locks.
  perform 1 from registry.connections where user_id = u order by id for update;
  foreach t in array array['webhook_deliveries', 'webhooks', 'notices', 'idempotency_keys', 'templates', 'connections',
                           'connection_events'] loop
    execute format('delete from registry.%I where user_id = $1', t) using u;
    get diagnostics n = row_count;
    counts := counts || jsonb_build_object(t, n);
  end loop;
  delete from registry.users where id = u;
  get diagnostics n = row_count;
  return counts || jsonb_build_object('users', n);
end $$;
revoke execute on function registry.erase_user(uuid) from public;
grant execute on function registry.erase_user(uuid) to registry_jobs;
