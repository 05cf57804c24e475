-- A change of the key encryption key while everything runs: the new one is enrolled as decrypt-only, becomes primary once
-- every live replica holds it, and the former one stays decrypt-only until nothing is wrapped by it any more.

alter table vault.key_encryption_keys
    drop constraint key_encryption_keys_provider_check,
    add constraint key_encryption_keys_provider_check check (provider in ('local', 'hcvault', 'aws-kms', 'gcp-kms')),
    -- when it became primary; null for one that still waits for that
    add column promoted_at timestamptz;
update vault.key_encryption_keys set promoted_at = created_at where state = 'primary';

-- Replicas that start together with a new key agree on one row for it.
create unique index key_encryption_keys_one_waiting on vault.key_encryption_keys (state)
    where state = 'decrypt-only' and promoted_at is null;

-- Which replicas run, and which keys each of them holds. A row that was not renewed for a while is of one that is gone.
create table vault.replicas (
    replica_id uuid        primary key,
    kek_ids    uuid[]      not null,
    seen_at    timestamptz not null default now()
);

grant update (state, promoted_at) on vault.key_encryption_keys to vault_app;
grant select (promoted_at), update (state) on vault.key_encryption_keys to vault_jobs;
grant select, insert, update, delete on vault.replicas to vault_app;
grant select on vault.replicas to vault_jobs;
grant select (kek_id) on vault.audit_keys to vault_jobs;

-- Data keys that wait for the new wrapping are claimed for a while, then worked on as their user.
alter table vault.data_keys add column rewrap_claimed_until timestamptz;
create policy data_keys_claimed_by_jobs on vault.data_keys for update to vault_jobs using (true) with check (true);
grant select (rewrap_claimed_until), update (rewrap_claimed_until) on vault.data_keys to vault_jobs;
