-- The right to call a provider for one connection. A lease says who may call; who may write is decided by the
-- credential's generation alone. Deadlines are by this server's clock, so replicas need not agree on the time.
create table oauth.refresh_leases (
    connection_id uuid        primary key,
    user_id       uuid        not null,
    owner         uuid        not null,
    generation    bigint      not null,
    deadline      timestamptz not null
);

alter table oauth.refresh_leases enable row level security;
alter table oauth.refresh_leases force row level security;

create policy refresh_leases_of_caller on oauth.refresh_leases to oauth_app
    using (oauth.owned_by_caller(user_id)) with check (oauth.owned_by_caller(user_id));
create policy refresh_leases_of_owner on oauth.refresh_leases to oauth_owner using (true) with check (true);

grant select, insert, update, delete on oauth.refresh_leases to oauth_app;
