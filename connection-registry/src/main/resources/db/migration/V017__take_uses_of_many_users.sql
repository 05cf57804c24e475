-- A report of uses of many users in one statement. Each user's are taken under that user's row security, one user after the
-- other in the order of their ids, so that two reports never wait for each other. Answers a row for each user.
create function registry.take_uses_of(
  users uuid[], ids uuid[], connections uuid[], types text[], ats timestamptz[], actors text[], vias text[], traces text[],
  more text[])
returns table (known bigint, recorded text[]) language plpgsql volatile security invoker as
$$
declare
  one record;
begin
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
revoke execute on function registry.take_uses_of(
  uuid[], uuid[], uuid[], text[], timestamptz[], text[], text[], text[], text[]) from public;
grant execute on function registry.take_uses_of(
  uuid[], uuid[], uuid[], text[], timestamptz[], text[], text[], text[], text[]) to registry_app;
