-- Whose keys were destroyed. Entries are never removed: a database restored from an older dump is shredded again by them.
create table vault.shred_ledger (
    key_id       uuid        primary key,
    user_id      uuid        not null,
    versions     integer     not null check (versions >= 1),
    destroyed_at timestamptz not null,
    -- over the other columns, so that a ledger carried over by hand can be trusted
    mac          bytea       not null check (octet_length(mac) = 32)
);
create index shred_ledger_by_user on vault.shred_ledger (user_id);

alter table vault.shred_ledger enable row level security;
alter table vault.shred_ledger force row level security;
create policy shred_ledger_of_user on vault.shred_ledger to vault_app
    using (vault.is_current_user(user_id)) with check (vault.is_current_user(user_id));
create policy shred_ledger_for_jobs on vault.shred_ledger for select to vault_jobs using (true);
create policy shred_ledger_for_migrations on vault.shred_ledger to vault_owner using (true) with check (true);
grant select, insert on vault.shred_ledger to vault_app;
grant select on vault.shred_ledger to vault_jobs;
