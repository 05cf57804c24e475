-- A report of uses that nobody has told before, which nearly all are: written without looking for each id first, and without
-- `returning`, for which each row's visibility would be checked once more. Fails with unique_violation when one of the uses is
-- known; then nothing of the report is taken. The uses of each user stand together in the report. Users come one after the other
-- in the order of their ids, and a user's connections are locked in the order of theirs, as in take_uses. Planned once for all:
-- plans of its own for each user cost as much as half the work. No table is touched, and take_uses_of keeps its form: replicas
-- of the release before go on with it.
create function registry.take_new_uses_of(
  users uuid[], ids uuid[], connections uuid[], types text[], ats timestamptz[], actors text[], vias text[], traces text[],
  more text[])
returns table (known bigint, recorded text[]) language plpgsql volatile security invoker
set plan_cache_mode = force_generic_plan as
$$
#variable_conflict use_column
declare
  one record;
  own uuid[];
begin
  for one in
    select e.user_id, min(e.place)::integer as a, max(e.place)::integer as z, count(*) as uses
      from unnest(users) with ordinality as e (user_id, place) group by e.user_id order by e.user_id
  loop
    if one.z - one.a + 1 <> one.uses then
      raise exception 'the uses of user % do not stand together', one.user_id;
    end if;
    perform set_config('app.user_id', one.user_id::text, true);
    own := array(
      select c.id from registry.connections c
       where c.user_id = one.user_id and c.id = any(connections[one.a:one.z]) and c.purged_at is null
       order by c.id for no key update);
    update registry.connections c set last_used_at = l.at, refresh_idle = false
      from (select e.connection_id, max(e.occurred_at) as at
              from unnest(connections[one.a:one.z], ats[one.a:one.z]) as e (connection_id, occurred_at)
             where e.connection_id = any(own) group by 1) l
     where c.user_id = one.user_id and c.id = l.connection_id and (c.last_used_at is null or c.last_used_at < l.at);
    insert into registry.connection_events
           (id, user_id, connection_id, type, occurred_at, actor, via, trace_id, details)
    select e.id, one.user_id, e.connection_id, e.type, e.occurred_at, e.actor, e.via, nullif(e.trace_id, ''), e.details::jsonb
      from unnest(ids[one.a:one.z], connections[one.a:one.z], types[one.a:one.z], ats[one.a:one.z], actors[one.a:one.z],
                  vias[one.a:one.z], traces[one.a:one.z], more[one.a:one.z])
        as e (id, connection_id, type, occurred_at, actor, via, trace_id, details)
     where e.connection_id = any(own);
    recorded := array(
      select e.type from unnest(connections[one.a:one.z], types[one.a:one.z]) as e (connection_id, type)
       where e.connection_id = any(own));
    known := cardinality(recorded);
    return next;
  end loop;
end $$;
revoke execute on function registry.take_new_uses_of(
  uuid[], uuid[], uuid[], text[], timestamptz[], text[], text[], text[], text[]) from public;
grant execute on function registry.take_new_uses_of(
  uuid[], uuid[], uuid[], text[], timestamptz[], text[], text[], text[], text[]) to registry_app;

-- Takes the report as one of new uses, and where some of it was told before, or twice, use by use. What the first try took and
-- locked is given back before the second. The handler answers for nothing but known ids: whatever else is wrong fails again.
create or replace function registry.take_uses_of(
  users uuid[], ids uuid[], connections uuid[], types text[], ats timestamptz[], actors text[], vias text[], traces text[],
  more text[])
returns table (known bigint, recorded text[]) language plpgsql volatile security invoker as
$$
declare
  one record;
begin
  begin
    return query select * from registry.take_new_uses_of(users, ids, connections, types, ats, actors, vias, traces, more);
    return;
  exception when unique_violation then
  end;
  for one in
    select e.user_id, array_agg(e.id) as ids, array_agg(e.connection_id) as connections, array_agg(e.type) as types,
           array_agg(e.occurred_at) as ats, array_agg(e.actor) as actors, array_agg(e.via) as vias,
           array_agg(e.trace_id) as traces, array_agg(e.details) as more
      from unnest(users, ids, connections, types, ats, actors, vias, traces, more)
        as e (user_id, id, connection_id, type, occurred_at, actor, via, trace_id, details)
     group by e.user_id order by e.user_id
  loop
    return query select * from registry.take_uses(
      one.user_id, one.ids, one.connections, one.types, one.ats, one.actors, one.vias, one.traces, one.more);
  end loop;
end $$;
