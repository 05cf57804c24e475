-- The one predicate of this schema's row security: no user set means no rows.
create function oauth.owned_by_caller(owner uuid) returns boolean
    language sql stable
    as $$ select owner = nullif(current_setting('app.user_id', true), '')::uuid $$;

-- A flow that waits for its callback. It exists once and is taken out by the callback that presents its state.
-- Nothing in it is a secret: the state and the browser's cookie are kept as SHA-256, and the PKCE verifier is derived
-- from the two, which only the browser and the authorization request hold.
create table oauth.flows (
    id           uuid        primary key,
    user_id      uuid        not null,
    provider     text        not null,
    redirect_uri text        not null,
    state_hash   bytea       not null unique check (octet_length(state_hash) = 32),
    browser_hash bytea       not null check (octet_length(browser_hash) = 32),
    scopes       text[]      not null,
    name         text,
    return_to    text,
    created_at   timestamptz not null default now(),
    expires_at   timestamptz not null
);
create index flows_by_user on oauth.flows (user_id, expires_at);

-- What became of a flow; the answer to a page whose popup cannot reach it.
create table oauth.flow_results (
    flow_id       uuid        primary key,
    user_id       uuid        not null,
    provider      text        not null,
    status        text        not null default 'pending' check (status in ('pending', 'succeeded', 'failed')),
    connection_id uuid,
    code          text,
    message       text,
    created_at    timestamptz not null default now(),
    expires_at    timestamptz not null,
    finished_at   timestamptz,
    check ((status = 'succeeded') = (connection_id is not null)),
    check ((status = 'failed') = (code is not null))
);
create index flow_results_by_user on oauth.flow_results (user_id, created_at);

alter table oauth.flows enable row level security;
alter table oauth.flows force row level security;
alter table oauth.flow_results enable row level security;
alter table oauth.flow_results force row level security;

create policy flows_of_caller on oauth.flows to oauth_app
    using (oauth.owned_by_caller(user_id)) with check (oauth.owned_by_caller(user_id));
create policy flow_results_of_caller on oauth.flow_results to oauth_app
    using (oauth.owned_by_caller(user_id)) with check (oauth.owned_by_caller(user_id));
-- For take_flow below, and for backfills: under FORCE the owner sees no rows without it.
create policy flows_of_owner on oauth.flows to oauth_owner using (true) with check (true);
create policy flow_results_of_owner on oauth.flow_results to oauth_owner using (true) with check (true);

-- The app role never reads a flow's hashes: it creates flows and clears its user's old ones (DELETE needs to see
-- the columns of its condition).
grant insert, delete on oauth.flows to oauth_app;
grant select (user_id, expires_at) on oauth.flows to oauth_app;
grant select, insert, update, delete on oauth.flow_results to oauth_app;

-- The callback comes without a bearer token, hence without a user for row security. This is its only way in: whoever
-- knows a state takes that one flow out, once; two callbacks with the same state cannot both get it.
create function oauth.take_flow(presented_state_hash bytea)
    returns table (id uuid, user_id uuid, provider text, redirect_uri text, browser_hash bytea,
                   scopes text[], name text, return_to text, expired boolean)
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
    as $$
        delete from oauth.flows f
        where f.state_hash = presented_state_hash
        returning f.id, f.user_id, f.provider, f.redirect_uri, f.browser_hash,
                  f.scopes, f.name, f.return_to, f.expires_at <= clock_timestamp()
    $$;
revoke all on function oauth.take_flow(bytea) from public;
grant execute on function oauth.take_flow(bytea) to oauth_app;
