-- What a provider has granted at a sign-in, written down before the registry is asked to store it and removed when that is
-- settled. While the registry does not answer nobody knows whether it has the connection: the same write is repeated until it does.
--   pending  to be stored
--   refused  the registry will never have it, so its tokens are to be revoked at the provider
create table oauth.pending_grants (
    -- makes the write idempotent: the id of the connection that is made, or of the flow that renews one
    id             uuid        primary key,
    user_id        uuid        not null,
    connection_id  uuid        not null,
    -- whose result waits for it; none where nobody signs in
    flow_id        uuid,
    provider       text        not null,
    state          text        not null default 'pending' check (state in ('pending', 'refused')),
    renews         boolean     not null,
    -- of the connection that is renewed, from before the registry is first asked to write
    generation     bigint,
    -- when the connection was first found to be missing: its deletion may be taken back for a while
    missing_since  timestamptz,
    name           text,
    mcp_server_url text,
    -- the vault's, of the tokens
    envelope       jsonb       not null,
    expires_at     timestamptz,
    refreshable    boolean     not null,
    metadata       jsonb       not null,
    created_at     timestamptz not null default clock_timestamp(),
    -- a replica is at it; longer than storing takes at the worst
    claimed_until  timestamptz not null default clock_timestamp() + interval '2 minutes',
    check (renews or name is not null)
);
create index pending_grants_by_user on oauth.pending_grants (user_id);

alter table oauth.pending_grants enable row level security;
alter table oauth.pending_grants force row level security;

create policy pending_grants_of_caller on oauth.pending_grants to oauth_app
    using (oauth.owned_by_caller(user_id)) with check (oauth.owned_by_caller(user_id));
create policy pending_grants_of_owner on oauth.pending_grants to oauth_owner using (true) with check (true);
create policy pending_grants_seen_by_jobs on oauth.pending_grants for select to oauth_jobs using (true);
create policy pending_grants_claimed_by_jobs on oauth.pending_grants for update to oauth_jobs using (true) with check (true);

grant select, insert, update, delete on oauth.pending_grants to oauth_app;
-- What claiming needs, and never an envelope.
grant select (id, user_id, created_at, claimed_until), update (claimed_until) on oauth.pending_grants to oauth_jobs;
