-- The keys of the vault. Nothing here is of use without the key encryption key, which is never in the database.

-- The one place that says whose rows a session may see. No user set means no rows.
create function vault.is_current_user(owner uuid) returns boolean
    language sql stable parallel safe
    return owner = nullif(current_setting('app.user_id', true), '')::uuid;

-- Key encryption keys by id, with a value that proves which key it is. They belong to no user: no row security.
create table vault.key_encryption_keys (
    kek_id      uuid primary key,
    provider    text        not null check (provider in ('local')),
    state       text        not null check (state in ('decrypt-only', 'primary', 'retired')),
    check_value bytea       not null,
    created_at  timestamptz not null default now()
);
-- Replicas that start together on an empty database agree on one key.
create unique index key_encryption_keys_one_primary on vault.key_encryption_keys (state) where state = 'primary';

-- One key per user: key_id stays over its rotations, key_version counts.
create table vault.data_keys (
    key_id      uuid        not null,
    key_version integer     not null check (key_version >= 1),
    user_id     uuid        not null,
    kek_id      uuid        not null references vault.key_encryption_keys (kek_id),
    wrapped_key bytea       not null check (octet_length(wrapped_key) between 48 and 8192),
    created_at  timestamptz not null default now(),
    primary key (key_id, key_version),
    unique (user_id, key_version)
);
create index data_keys_kek_id on vault.data_keys (kek_id);

alter table vault.data_keys enable row level security;
alter table vault.data_keys force row level security;

create policy data_keys_of_user on vault.data_keys to vault_app
    using (vault.is_current_user(user_id)) with check (vault.is_current_user(user_id));
-- Jobs find due work; they then work on a row as its user. They never read a key, not even wrapped.
create policy data_keys_for_jobs on vault.data_keys for select to vault_jobs using (true);
-- Forced row security binds the owner too; a backfill has to see every row.
create policy data_keys_for_migrations on vault.data_keys to vault_owner using (true) with check (true);

-- Nothing in the service changes or deletes a key yet, so the roles cannot either.
grant select, insert on vault.data_keys to vault_app;
grant select, insert on vault.key_encryption_keys to vault_app;
grant select (key_id, key_version, user_id, kek_id, created_at) on vault.data_keys to vault_jobs;
grant select (kek_id, provider, state, created_at) on vault.key_encryption_keys to vault_jobs;
