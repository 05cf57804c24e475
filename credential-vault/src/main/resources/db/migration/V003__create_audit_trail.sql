-- What was done with keys and records, and for whom. The application role can add to it and nothing else.

-- The key of the chains, wrapped like a data key. One row, made by the first vault that needs it.
create table vault.audit_keys (
    audit_key_id uuid        primary key,
    only_one     boolean     not null default true unique check (only_one),
    kek_id       uuid        not null references vault.key_encryption_keys (kek_id),
    wrapped_key  bytea       not null check (octet_length(wrapped_key) between 48 and 8192),
    created_at   timestamptz not null default now()
);
grant select, insert, update (kek_id, wrapped_key) on vault.audit_keys to vault_app;

create table vault.audit_records (
    -- the writer's clock, to the microsecond; authenticated, unlike a default of the database would be
    recorded_at   timestamptz not null,
    -- one process's chain; sequence numbers count from 1 without gaps
    writer_id     uuid        not null,
    sequence      bigint      not null check (sequence >= 1),
    operation     text        not null,
    outcome       text        not null,
    -- the client that called, and the user it called for
    actor         text        not null,
    user_id       uuid,
    connection_id uuid,
    purpose       text,
    key_id        uuid,
    key_version   integer,
    trace_id      text        not null,
    -- over this record and the one before it in the chain
    mac           bytea       not null check (octet_length(mac) = 32),
    primary key (recorded_at, writer_id, sequence)
) partition by range (recorded_at);
-- the order of verification; the time is in it because a forged record may repeat a number
create index audit_records_chain on vault.audit_records (writer_id, sequence, recorded_at);
create index audit_records_of_user on vault.audit_records (user_id, recorded_at desc);

create table vault.audit_records_default partition of vault.audit_records default;

alter table vault.audit_records enable row level security;
alter table vault.audit_records force row level security;
create policy audit_records_append on vault.audit_records for insert to vault_app with check (true);
create policy audit_records_read on vault.audit_records for select to vault_jobs using (true);
create policy audit_records_for_migrations on vault.audit_records to vault_owner using (true) with check (true);
grant insert on vault.audit_records to vault_app;
grant select on vault.audit_records to vault_jobs;

-- Heads of chains, also written to the log: a chain that ends before a head that was seen was cut off.
create table vault.audit_checkpoints (
    writer_id   uuid        not null,
    sequence    bigint      not null,
    mac         bytea       not null check (octet_length(mac) = 32),
    recorded_at timestamptz not null default now(),
    primary key (writer_id, sequence)
);
grant insert on vault.audit_checkpoints to vault_app;
grant select on vault.audit_checkpoints to vault_jobs;

-- Makes the partitions of this month and the months after it; returns how many were missing. Only the owner may make
-- tables, so this runs as the owner. A month of which the default partition holds records already stays there.
-- A table that is made first and attached then does not hold up the writers, as making it in its place would; whoever
-- holds a lock for long makes the attempt end, not the writers wait. Replicas that come at once take turns.
create function vault.make_audit_partitions(months_ahead integer) returns integer
    language plpgsql volatile security definer set search_path = pg_catalog set lock_timeout = '2s' as
$$
declare
    made  integer := 0;
    month timestamp;
    name  text;
begin
    perform pg_advisory_xact_lock('vault.audit_records'::regclass::oid::bigint);
    for ahead in 0 .. least(months_ahead, 24) loop
        month := date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead);
        name := 'audit_records_' || to_char(month, 'YYYY_MM');
        if to_regclass('vault.' || name) is null then
            begin
                execute format('create table vault.%I (like vault.audit_records including defaults including constraints)',
                    name);
                execute format('alter table vault.audit_records attach partition vault.%I for values from (%L) to (%L)',
                    name, month || '+00', (month + interval '1 month') || '+00');
                made := made + 1;
            exception when check_violation then
                raise warning 'the default partition holds audit records of %', name;
            end;
        end if;
    end loop;
    return made;
end $$;
revoke execute on function vault.make_audit_partitions(integer) from public;
grant execute on function vault.make_audit_partitions(integer) to vault_jobs;
select vault.make_audit_partitions(3);
