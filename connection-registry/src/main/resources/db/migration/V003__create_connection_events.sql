-- Who did what to which connection, and when. An event is written in the transaction of the change that it tells of, and
-- never changed. It outlives its connection, hence no foreign key.
create table registry.connection_events (
  id            uuid         primary key,
  user_id       uuid         not null,
  connection_id uuid         not null,
  type          varchar(40)  not null check (type ~ '^[a-z_]+$'),
  occurred_at   timestamptz  not null,
  actor         varchar(255) not null,
  via           varchar(255) not null,
  trace_id      varchar(32),
  details       jsonb        not null default '{}' check (jsonb_typeof(details) = 'object')
);
create index connection_events_by_user on registry.connection_events (user_id, occurred_at desc, id desc);
create index connection_events_by_connection
  on registry.connection_events (user_id, connection_id, occurred_at desc, id desc);
create index connection_events_by_age on registry.connection_events (occurred_at);

-- A user's outgoing webhooks. `secret` is the vault's envelope.
create table registry.webhooks (
  id          uuid          primary key,
  user_id     uuid          not null,
  url         varchar(2048) not null,
  events      varchar(40)[] not null check (cardinality(events) between 1 and 50),
  secret      jsonb         not null check (jsonb_typeof(secret) = 'object'),
  created_at  timestamptz   not null default now()
);
create index webhooks_by_user on registry.webhooks (user_id, created_at desc, id desc);

-- One event on its way to one webhook; `dead` after the last attempt.
create table registry.webhook_deliveries (
  id              uuid        primary key default gen_random_uuid(),
  user_id         uuid        not null,
  -- No foreign key: a webhook that is deleted at this moment must not fail the change that is being recorded.
  webhook_id      uuid        not null,
  event_id        uuid        not null,
  type            varchar(40) not null,
  payload         jsonb       not null,
  status          varchar(20) not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
  attempts        integer     not null default 0,
  due_at          timestamptz not null default now(),
  claimed_until   timestamptz,
  last_status     integer,
  last_error      varchar(255),
  created_at      timestamptz not null default now(),
  finished_at     timestamptz,
  unique (webhook_id, event_id)
);
create index webhook_deliveries_due on registry.webhook_deliveries (due_at) where status = 'pending';
create index webhook_deliveries_finished on registry.webhook_deliveries (finished_at) where finished_at is not null;
create index webhook_deliveries_by_webhook on registry.webhook_deliveries (webhook_id, created_at desc, id desc);

-- Owners of connections, as far as their tokens told: where to write to.
create table registry.users (
  id             uuid         primary key,
  email          varchar(320),
  preferences    jsonb        not null default '{}' check (jsonb_typeof(preferences) = 'object'),
  -- Earliest moment of the next message, so that a bad day of a provider is one message and not hundreds.
  digest_due_at  timestamptz  not null default now(),
  digest_claimed_until timestamptz,
  updated_at     timestamptz  not null default now()
);

-- Events that the owner has not been written to about yet.
create table registry.notices (
  event_id      uuid        primary key,
  user_id       uuid        not null,
  connection_id uuid        not null,
  type          varchar(40) not null,
  name          text        not null,
  reason        text,
  occurred_at   timestamptz not null
);
create index notices_by_user on registry.notices (user_id, occurred_at);
create index notices_by_age on registry.notices (occurred_at);

do $$
declare t text;
begin
  foreach t in array array['connection_events', 'webhooks', 'webhook_deliveries', 'notices'] loop
    execute format('alter table registry.%I enable row level security', t);
    execute format('alter table registry.%I force row level security', t);
    execute format('create policy %I on registry.%I to registry_app using (registry.row_visible(user_id))
                    with check (registry.row_visible(user_id))', t || '_app', t);
    execute format('create policy %I on registry.%I to registry_owner using (true) with check (true)', t || '_owner', t);
    execute format('create policy %I on registry.%I to registry_jobs using (true) with check (true)', t || '_jobs', t);
  end loop;
end $$;
alter table registry.users enable row level security;
alter table registry.users force row level security;
create policy users_app on registry.users to registry_app
  using (registry.row_visible(id)) with check (registry.row_visible(id));
create policy users_owner on registry.users to registry_owner using (true) with check (true);
create policy users_jobs on registry.users to registry_jobs using (true) with check (true);

-- Append-only for the application.
grant select, insert on registry.connection_events to registry_app;
grant select, insert, delete on registry.webhooks to registry_app;
grant select, insert, delete, update (status, attempts, due_at, claimed_until, last_status, last_error, finished_at)
  on registry.webhook_deliveries to registry_app;
grant select, insert, update on registry.users to registry_app;
grant select, insert, delete on registry.notices to registry_app;

-- What claiming due work and dropping what is old need.
grant select (id, user_id, webhook_id, status, due_at, claimed_until, finished_at), update (due_at, claimed_until), delete
  on registry.webhook_deliveries to registry_jobs;
grant select (id, digest_due_at, digest_claimed_until), update (digest_claimed_until) on registry.users to registry_jobs;
grant select (event_id, user_id) on registry.notices to registry_jobs;
grant select (id, occurred_at), delete on registry.connection_events to registry_jobs;

-- The one way in which an event is recorded: with it go the deliveries to the owner's webhooks and the notice to the owner.
-- False for an event that is there already.
create function registry.record_event(
  e uuid, u uuid, c uuid, t varchar, at timestamptz, by_actor varchar, by_client varchar, trace varchar, more jsonb,
  delivered boolean, noticed boolean)
returns boolean language plpgsql volatile security invoker as
$$
declare subject record;
begin
  insert into registry.connection_events (id, user_id, connection_id, type, occurred_at, actor, via, trace_id, details)
  values (e, u, c, t, at, by_actor, by_client, nullif(trace, ''), more) on conflict (id) do nothing;
  if not found then
    return false;
  end if;
  if not delivered and not noticed then
    return true;
  end if;
  select name, provider, connection_method, status, status_reason into subject
    from registry.connections where user_id = u and id = c;
  if delivered then
    insert into registry.webhook_deliveries (user_id, webhook_id, event_id, type, payload)
    select u, w.id, e, t, jsonb_build_object(
             'id', e, 'type', 'connection.' || t, 'occurred_at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
             'data', more || jsonb_build_object(
               'connection_id', c, 'name', coalesce(subject.name, more->>'name'),
               'provider', coalesce(subject.provider, more->>'provider'),
               'connection_method', coalesce(subject.connection_method, more->>'connection_method'),
               'status', subject.status, 'status_reason', subject.status_reason))
      from registry.webhooks w where w.user_id = u and t = any(w.events)
    on conflict (webhook_id, event_id) do nothing;
  end if;
  if noticed then
    insert into registry.notices (event_id, user_id, connection_id, type, name, reason, occurred_at)
    select e, u, c, t, coalesce(subject.name, c::text), subject.status_reason, at
      from registry.users where id = u and email is not null and coalesce((preferences->>'email')::boolean, true)
    on conflict (event_id) do nothing;
  end if;
  return true;
end $$;
revoke execute on all functions in schema registry from public;
grant execute on function registry.record_event(
  uuid, uuid, uuid, varchar, timestamptz, varchar, varchar, varchar, jsonb, boolean, boolean) to registry_app;
grant select (occurred_at), delete on registry.notices to registry_jobs;
