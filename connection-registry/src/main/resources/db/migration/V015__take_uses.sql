-- A report of uses in one statement: what is known of a user's connections is recorded, and when each was last used. The rows
-- are locked in the order of their ids, so that two reports never wait for each other. Answers how many uses are of the
-- user's connections, and the types of those that are new.
create function registry.take_uses(
  u uuid, ids uuid[], connections uuid[], types text[], ats timestamptz[], actors text[], vias text[], traces text[], more text[])
returns table (known bigint, recorded text[]) language plpgsql volatile security invoker as
$$
#variable_conflict use_column
begin
  perform set_config('app.user_id', u::text, true);
  return query
    with own as materialized (
      select c.id from registry.connections c
       where c.user_id = u and c.id = any(connections) and c.purged_at is null order by c.id for no key update),
    uses as (
      select e.* from unnest(ids, connections, types, ats, actors, vias, traces, more)
          as e (id, connection_id, type, occurred_at, actor, via, trace_id, details)
       where e.connection_id in (select own.id from own)),
    stamped as (
      update registry.connections c set last_used_at = l.at, refresh_idle = false
        from (select uses.connection_id, max(uses.occurred_at) as at from uses group by 1) l
       where c.user_id = u and c.id = l.connection_id and (c.last_used_at is null or c.last_used_at < l.at)),
    news as (
      insert into registry.connection_events
             (id, user_id, connection_id, type, occurred_at, actor, via, trace_id, details)
      select uses.id, u, uses.connection_id, uses.type, uses.occurred_at, uses.actor, uses.via, nullif(uses.trace_id, ''),
             uses.details::jsonb
        from uses
      on conflict (id) do nothing returning type)
    select (select count(*) from uses), (select coalesce(array_agg(news.type::text), '{}') from news);
end $$;
revoke execute on function registry.take_uses(
  uuid, uuid[], uuid[], text[], timestamptz[], text[], text[], text[], text[]) from public;
grant execute on function registry.take_uses(
  uuid, uuid[], uuid[], text[], timestamptz[], text[], text[], text[], text[]) to registry_app;
