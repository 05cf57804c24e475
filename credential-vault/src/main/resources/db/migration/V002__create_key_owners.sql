-- Which data key a user has now, and which of its versions still open records.

-- Every change to a user's keys takes a new number from here, so that a key in a replica's memory is known to be current
-- or not by one comparison. Numbers are never given twice, not even to a user whose keys were destroyed and made anew.
create sequence vault.key_epoch;

create table vault.key_owners (
    user_id         uuid        primary key,
    key_id          uuid        not null unique,
    newest_version  integer     not null check (newest_version >= 1),
    -- versions below this one open nothing any more; it can be lowered again, as nothing is deleted
    minimum_version integer     not null default 1 check (minimum_version between 1 and newest_version),
    epoch           bigint      not null default nextval('vault.key_epoch'),
    created_at      timestamptz not null default now(),
    rotated_at      timestamptz not null default now()
);

alter table vault.key_owners enable row level security;
alter table vault.key_owners force row level security;
create policy key_owners_of_user on vault.key_owners to vault_app
    using (vault.is_current_user(user_id)) with check (vault.is_current_user(user_id));
create policy key_owners_for_jobs on vault.key_owners for select to vault_jobs using (true);
create policy key_owners_for_migrations on vault.key_owners to vault_owner using (true) with check (true);

grant select, insert, delete, update (newest_version, minimum_version, epoch, rotated_at) on vault.key_owners to vault_app;
grant usage on sequence vault.key_epoch to vault_app;
grant select on vault.key_owners to vault_jobs;

-- The messages that replicas have reserved for sealing with a version: an upper bound of those it has sealed. The
-- keys from before were sealed with uncounted; they start far from zero, so that they are rotated early.
alter table vault.data_keys add column messages_reserved bigint not null default 0 check (messages_reserved >= 0);
update vault.data_keys set messages_reserved = 1 << 20;

insert into vault.key_owners (user_id, key_id, newest_version)
    select distinct on (user_id) user_id, key_id, key_version from vault.data_keys order by user_id, key_version desc;
do $$ begin
    if (select count(*) from vault.key_owners) <> (select count(distinct user_id) from vault.data_keys) then
        raise exception 'not every owner of a data key was carried over';
    end if;
end $$;

grant update (messages_reserved, kek_id, wrapped_key), delete on vault.data_keys to vault_app;
grant select (messages_reserved) on vault.data_keys to vault_jobs;

-- The epochs of several users at once, for the statement that appends their audit records. It gives numbers and nothing
-- else, whoever asks; a user without keys is missing from the answer.
create function vault.key_epochs(users uuid[]) returns table (user_id uuid, epoch bigint)
    language sql stable security definer set search_path = pg_catalog as
$$ select o.user_id, o.epoch from vault.key_owners o where o.user_id = any (users) $$;
revoke execute on function vault.key_epochs(uuid[]) from public;
grant execute on function vault.key_epochs(uuid[]) to vault_app;
