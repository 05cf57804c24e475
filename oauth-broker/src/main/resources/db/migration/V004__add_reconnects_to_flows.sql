-- A flow may renew a connection instead of making one, and is for a tenant's own addresses where a provider has such.
alter table oauth.flows
    add column connection_id uuid,
    add column variables     jsonb not null default '{}' check (jsonb_typeof(variables) = 'object');

drop function oauth.take_flow(bytea);
create function oauth.take_flow(presented_state_hash bytea)
    returns table (id uuid, user_id uuid, provider text, redirect_uri text, browser_hash bytea,
                   scopes text[], name text, return_to text, connection_id uuid, variables jsonb, expired boolean)
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
        delete from oauth.flows f
        where f.state_hash = presented_state_hash
        returning f.id, f.user_id, f.provider, f.redirect_uri, f.browser_hash,
                  f.scopes, f.name, f.return_to, f.connection_id, f.variables, f.expires_at <= clock_timestamp()
    $$;
revoke all on function oauth.take_flow(bytea) from public;
grant execute on function oauth.take_flow(bytea) to oauth_app;
