-- Uses come many at a time, and nearly always alike: those of a connection, of one type, by one actor through one client, that a
-- report tells of and that fall into the same ten seconds, are one row (docs/adr/0036). Never changed. A row outlives its
-- connection, hence no foreign key. Uses that are in connection_events stay there.
create table registry.connection_uses (
  id            bigint        generated always as identity primary key,
  user_id       uuid          not null,
  connection_id uuid          not null,
  type          varchar(40)   not null check (type ~ '^[a-z_]+$'),
  actor         varchar(255)  not null,
  via           varchar(255)  not null,
  -- of the earliest and the latest use
  first_at      timestamptz   not null,
  last_at       timestamptz   not null check (last_at - first_at < interval '10 seconds'),
  -- what is each use's own; the lists are of the same length
  ids           uuid[]        not null check (cardinality(ids) > 0),
  ats           timestamptz[] not null check (cardinality(ats) = cardinality(ids)),
  trace_ids     uuid[]        not null check (cardinality(trace_ids) = cardinality(ids)),
  details       jsonb[]       not null check (cardinality(details) = cardinality(ids)),
  uses          integer       not null generated always as (cardinality(ids)) stored
-- Up to some seventy uses lie in the row itself; compressing less than that costs more than it saves.
) with (toast_tuple_target = 8160);
create index connection_uses_by_user on registry.connection_uses (user_id, last_at);
create index connection_uses_by_connection on registry.connection_uses (user_id, connection_id, last_at);
create index connection_uses_by_age on registry.connection_uses (last_at);

alter table registry.connection_uses enable row level security;
alter table registry.connection_uses force row level security;
create policy connection_uses_app on registry.connection_uses to registry_app
  using (registry.row_visible(user_id)) with check (registry.row_visible(user_id));
create policy connection_uses_owner on registry.connection_uses to registry_owner using (true) with check (true);
create policy connection_uses_jobs on registry.connection_uses to registry_jobs using (true) with check (true);

-- Append-only for the application.
grant select, insert on registry.connection_uses to registry_app;
grant select (id, last_at), delete on registry.connection_uses to registry_jobs;

-- A report of uses of any users in one statement. What is put together comes as batches: `starts` and `ends` say which of the
-- uses are a batch's, and all of them are of the same ten seconds, counted from a full minute. A user's batches stand together,
-- and so do their uses. Users come one after the other in the order of their ids, and a user's connections are locked in the
-- order of theirs, so that two reports never wait for each other. Uses that were told before are left out: a row that has one is
-- of the same connection and ten seconds as the batch that has it, and nobody else adds rows while the connections are locked. A
-- connection in steady use is stamped once a second; one whose refreshes rest is woken. Planned once for all. Answers for each
-- user which of the connections are theirs, and which of the uses were known.
create function registry.record_uses(
  users uuid[], connections uuid[], types text[], actors text[], vias text[], lasts timestamptz[], starts integer[],
  ends integer[], ids uuid[], ats timestamptz[], traces uuid[], more text[])
returns table (whose uuid, own uuid[], known uuid[]) language plpgsql volatile security invoker
set plan_cache_mode = force_generic_plan set enable_seqscan = off as
$$
#variable_conflict use_column
declare
  one record;
begin
  for one in
    select b.user_id, min(b.place)::integer as a, max(b.place)::integer as z, count(*) as batches, min(b.first) as first,
           max(b.last) as last, sum(b.last - b.first + 1) as uses
      from unnest(users, starts, ends) with ordinality as b (user_id, first, last, place)
     group by b.user_id order by b.user_id
  loop
    if one.z - one.a + 1 <> one.batches or one.last - one.first + 1 <> one.uses then
      raise exception 'the uses of user % do not stand together', one.user_id;
    end if;
    whose := one.user_id;
    perform set_config('app.user_id', whose::text, true);
    own := array(
      select c.id from registry.connections c
       where c.user_id = whose and c.id = any(connections[one.a:one.z]) and c.purged_at is null
       order by c.id for no key update);
    update registry.connections c set last_used_at = l.at, refresh_idle = false
      from (select b.connection_id, max(b.last_at) as at
              from unnest(connections[one.a:one.z], lasts[one.a:one.z]) as b (connection_id, last_at)
             where b.connection_id = any(own) group by 1) l
     where c.user_id = whose and c.id = l.connection_id
       and (c.last_used_at is null or c.last_used_at <= l.at - interval '1 second' or (c.refresh_idle and c.last_used_at < l.at));
    -- For each batch by itself (hence the offset): planned while the table is empty, a join would read all of it for ever.
    known := array(
      select k.id
        from unnest(connections[one.a:one.z], lasts[one.a:one.z], starts[one.a:one.z], ends[one.a:one.z])
               as b (connection_id, last_at, first, last)
       cross join lateral (select min(e.at) as first_at from unnest(record_uses.ats[b.first:b.last]) as e (at)) t
       cross join lateral (
         select u.ids from registry.connection_uses u
          where u.user_id = whose and u.connection_id = b.connection_id
            and u.last_at >= t.first_at and u.last_at < b.last_at + interval '10 seconds' and u.first_at <= b.last_at offset 0) r
       cross join lateral unnest(r.ids) as k (id)
       where b.connection_id = any(own) and k.id = any(record_uses.ids[b.first:b.last]));
    insert into registry.connection_uses
           (user_id, connection_id, type, actor, via, first_at, last_at, ids, ats, trace_ids, details)
    select whose, b.connection_id, b.type, b.actor, b.via, n.first_at, n.last_at, n.ids, n.ats, n.trace_ids, n.details
      from unnest(connections[one.a:one.z], types[one.a:one.z], actors[one.a:one.z], vias[one.a:one.z], starts[one.a:one.z],
                  ends[one.a:one.z]) as b (connection_id, type, actor, via, first, last)
     cross join lateral (
       select min(e.at) as first_at, max(e.at) as last_at, array_agg(e.id) as ids, array_agg(e.at) as ats,
              array_agg(e.trace_id) as trace_ids, array_agg(e.details::jsonb) as details
         from unnest(ids[b.first:b.last], ats[b.first:b.last], traces[b.first:b.last], more[b.first:b.last])
           as e (id, at, trace_id, details)
        where e.id <> all(known)) n
     where b.connection_id = any(own) and n.ids is not null;
    return next;
  end loop;
end $$;
revoke execute on function registry.record_uses(
  uuid[], uuid[], text[], text[], text[], timestamptz[], integer[], integer[], uuid[], timestamptz[], uuid[], text[]) from public;
grant execute on function registry.record_uses(
  uuid[], uuid[], text[], text[], text[], timestamptz[], integer[], integer[], uuid[], timestamptz[], uuid[], text[])
  to registry_app;

-- As before, and the uses, each of them counted.
create or replace function registry.erase_user(u uuid) returns jsonb language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp as
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
  with gone as (delete from registry.connection_uses where user_id = u returning uses)
  select coalesce(sum(gone.uses), 0) into n from gone;
  counts := counts || jsonb_build_object('connection_uses', n);
  delete from registry.users where id = u;
  get diagnostics n = row_count;
  return counts || jsonb_build_object('users', n);
end $$;
