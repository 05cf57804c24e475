-- A flow to an MCP server is not of a provider that the catalogue knows: what was found out about its authorization server,
-- and the client that we are there, travel with it, sealed by the vault.
alter table oauth.flows add column authorization_envelope jsonb;

drop function oauth.take_flow(bytea);
create function oauth.take_flow(presented_state_hash bytea)
    returns table (id uuid, user_id uuid, provider text, redirect_uri text, browser_hash bytea,
                   scopes text[], name text, return_to text, connection_id uuid, variables jsonb,
                   authorization_envelope jsonb, expired boolean)
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
        delete from oauth.flows f
        where f.state_hash = presented_state_hash
        returning f.id, f.user_id, f.provider, f.redirect_uri, f.browser_hash,
                  f.scopes, f.name, f.return_to, f.connection_id, f.variables,
                  f.authorization_envelope, f.expires_at <= clock_timestamp()
    $$;
revoke all on function oauth.take_flow(bytea) from public;
grant execute on function oauth.take_flow(bytea) to oauth_app;

-- Clients that were registered at authorization servers of MCP servers (RFC 7591). One that belongs to an issuer is never
-- shown to another, and one user's is never used for another user.
create table oauth.mcp_clients (
    id                uuid        not null unique,
    user_id           uuid        not null,
    issuer            text        not null,
    redirect_uri      text        not null,
    client_id         text        not null,
    -- the vault's, of the client with its secret
    envelope          jsonb       not null,
    secret_expires_at timestamptz,
    registered_at     timestamptz not null default now(),
    primary key (user_id, issuer, redirect_uri)
);

alter table oauth.mcp_clients enable row level security;
alter table oauth.mcp_clients force row level security;

create policy mcp_clients_of_caller on oauth.mcp_clients to oauth_app
    using (oauth.owned_by_caller(user_id)) with check (oauth.owned_by_caller(user_id));
create policy mcp_clients_of_owner on oauth.mcp_clients to oauth_owner using (true) with check (true);

grant select, insert, update, delete on oauth.mcp_clients to oauth_app;
