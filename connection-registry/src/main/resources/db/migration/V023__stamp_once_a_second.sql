-- take_new_uses_of, but that a connection in steady use is stamped once a second, not for each report: whenever its row changes,
-- all checks of it are parsed anew. One whose refreshes rest is woken however soon the use comes after the last. Whoever may call
-- it stays the same.
create or replace function registry.take_new_uses_of(
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
     where c.user_id = one.user_id and c.id = l.connection_id
       and (c.last_used_at is null or c.last_used_at <= l.at - interval '1 second' or (c.refresh_idle and c.last_used_at < l.at));
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
