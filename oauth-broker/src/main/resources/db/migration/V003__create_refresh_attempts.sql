-- How a connection's refreshes have gone. A row stays while they fail, and goes with the first that succeeds.
alter table oauth.refresh_leases
    add column failures integer not null default 0 check (failures >= 0),
    add column retry_at timestamptz;

-- The write-ahead log of refreshes. The order of its states is the order of what may get lost:
--   leased     the provider was not asked
--   sent       it may have been asked, and the answer may be on its way; `deadline` is when its owner gives up
--   answered   the answer is here, sealed under a key of its own: from now on nothing can be lost
--   published  its tokens are the connection's
--   refused, failed   the provider said no, or was not asked after all
--   spare      tokens that came late, after others had been published; kept for when those turn out dead
--   unwanted   tokens of a connection that was reconnected, revoked or deleted meanwhile; to be revoked at the provider
create table oauth.refresh_attempts (
    id            uuid        primary key,
    connection_id uuid        not null,
    user_id       uuid        not null,
    provider      text        not null,
    generation    bigint      not null,
    owner         uuid        not null,
    state         text        not null check (state in
                  ('leased', 'sent', 'answered', 'published', 'refused', 'failed', 'spare', 'unwanted')),
    deadline      timestamptz not null,
    -- the vault's envelope of the key that seals the answer
    sealing_key   jsonb,
    answer        bytea,
    created_at    timestamptz not null default clock_timestamp(),
    sent_at       timestamptz,
    answered_at   timestamptz,
    settled_at    timestamptz,
    -- a replica is at what was left over
    claimed_until timestamptz,
    -- `sent` with an answer: one that could not be read; it is tried again before the old token is
    check (state not in ('answered', 'spare', 'unwanted') or answer is not null),
    check (state in ('sent', 'answered', 'spare', 'unwanted') or answer is null),
    check (state not in ('sent', 'answered', 'spare', 'unwanted') or sealing_key is not null)
);
create index refresh_attempts_by_connection on oauth.refresh_attempts (connection_id, generation);
create index refresh_attempts_left_over on oauth.refresh_attempts (answered_at)
    where state in ('answered', 'unwanted');
create index refresh_attempts_old on oauth.refresh_attempts (coalesce(settled_at, deadline)) where state <> 'answered';

alter table oauth.refresh_attempts enable row level security;
alter table oauth.refresh_attempts force row level security;

create policy refresh_attempts_of_caller on oauth.refresh_attempts to oauth_app
    using (oauth.owned_by_caller(user_id)) with check (oauth.owned_by_caller(user_id));
create policy refresh_attempts_of_owner on oauth.refresh_attempts to oauth_owner using (true) with check (true);
create policy refresh_attempts_seen_by_jobs on oauth.refresh_attempts for select to oauth_jobs using (true);
create policy refresh_attempts_claimed_by_jobs on oauth.refresh_attempts for update to oauth_jobs
    using (state in ('answered', 'unwanted')) with check (true);
-- What the log no longer needs: a day for people to look at; a month where a late answer, or tokens found dead, may ask
-- for it; a week of trying to revoke. Tokens that still have to be published stay.
create policy refresh_attempts_pruned_by_jobs on oauth.refresh_attempts for delete to oauth_jobs
    using (state <> 'answered'
           and coalesce(settled_at, deadline) < now()
               - case when state in ('spare', 'sent') then interval '30 days'
                      when state = 'unwanted' then interval '7 days'
                      else interval '1 day' end);

grant select, insert, update, delete on oauth.refresh_attempts to oauth_app;
-- What claiming needs, and never a key or an answer.
grant select (id, connection_id, user_id, provider, generation, state, deadline, answered_at, settled_at, claimed_until),
      update (claimed_until), delete
   on oauth.refresh_attempts to oauth_jobs;
grant usage on schema oauth to oauth_jobs;

-- The functions below set the user and work in one statement, which costs far less than a transaction around many.

-- Takes the lease and begins an attempt, unless something speaks against it. `outcome` says what:
--   leased       the provider may be asked; `lost` attempts of this generation were sent and never answered
--   held         somebody else has the lease
--   resting      the last refresh failed; `wait_seconds` until the next
--   quarantined  an attempt was sent and its answer may still turn up
--   unpublished  an answer is here already: `attempt_id`. Publishing it needs no lease, for it may be repeated.
--   moved        newer tokens were published
create function oauth.claim_refresh(
    u uuid, c uuid, provider_key text, g bigint, lease_owner uuid, new_attempt uuid,
    lease_seconds double precision, quarantine_seconds double precision, insist boolean)
    returns table (outcome text, attempt_id uuid, wait_seconds double precision, lost integer)
    language plpgsql volatile security invoker as $$
declare
    held oauth.refresh_leases;
    found_attempt uuid;
    given_up_at timestamptz;
    lost_before integer;
begin
    perform set_config('app.user_id', u::text, true);
    insert into oauth.refresh_leases as l (connection_id, user_id, owner, generation, deadline)
    values (c, u, lease_owner, g, clock_timestamp() + make_interval(secs => lease_seconds))
    on conflict (connection_id) do update
        set owner = excluded.owner, generation = excluded.generation, deadline = excluded.deadline
        where l.deadline <= clock_timestamp()
          and (l.retry_at is null or l.retry_at <= clock_timestamp()
               -- deadline: when the last try ended
               or insist and l.deadline <= clock_timestamp() - interval '5 seconds');
    if not found then
        select * into held from oauth.refresh_leases l where l.connection_id = c and l.user_id = u;
        if held.deadline <= clock_timestamp() and held.retry_at > clock_timestamp() then
            return query select 'resting', null::uuid,
                extract(epoch from held.retry_at - clock_timestamp())::double precision, 0;
        else
            return query select 'held', null::uuid, 0::double precision, 0;
        end if;
        return;
    end if;

    -- The lease being ours, none of these has an owner any more.
    update oauth.refresh_attempts a set state = 'failed', settled_at = clock_timestamp()
     where a.connection_id = c and a.user_id = u and a.state = 'leased';

    if exists (select from oauth.refresh_attempts a
                where a.connection_id = c and a.user_id = u and a.generation >= g and a.state = 'published') then
        perform oauth.release_lease(c, u, lease_owner);
        return query select 'moved', null::uuid, 0::double precision, 0;
        return;
    end if;

    select a.id into found_attempt from oauth.refresh_attempts a
     where a.connection_id = c and a.user_id = u and a.generation = g and a.state = 'answered'
     order by a.answered_at limit 1;
    if found then
        perform oauth.release_lease(c, u, lease_owner);
        return query select 'unpublished', found_attempt, 0::double precision, 0;
        return;
    end if;

    select max(a.deadline), count(*)::integer into given_up_at, lost_before from oauth.refresh_attempts a
     where a.connection_id = c and a.user_id = u and a.generation = g and a.state = 'sent';
    if given_up_at + make_interval(secs => quarantine_seconds) > clock_timestamp() then
        perform oauth.release_lease(c, u, lease_owner);
        return query select 'quarantined', null::uuid,
            extract(epoch from given_up_at + make_interval(secs => quarantine_seconds) - clock_timestamp())::double precision,
            lost_before;
        return;
    end if;

    insert into oauth.refresh_attempts (id, connection_id, user_id, provider, generation, owner, state, deadline)
    values (new_attempt, c, u, provider_key, g, lease_owner, 'leased',
            clock_timestamp() + make_interval(secs => lease_seconds));
    return query select 'leased', new_attempt, 0::double precision, lost_before;
end $$;

-- Gives a lease back early; one that has since passed to another owner is left alone.
create function oauth.release_lease(c uuid, u uuid, lease_owner uuid) returns void
    language sql volatile security invoker as $$
    delete from oauth.refresh_leases where connection_id = c and user_id = u and owner = lease_owner and failures = 0;
    update oauth.refresh_leases set deadline = clock_timestamp()
     where connection_id = c and user_id = u and owner = lease_owner;
$$;

-- From here on the provider may know of it. The lease starts anew, so that it outlasts the call. False: it has lapsed.
create function oauth.send_attempt(u uuid, a uuid, c uuid, lease_owner uuid, envelope jsonb, lease_seconds double precision)
    returns boolean
    language plpgsql volatile security invoker as $$
declare
    until timestamptz := clock_timestamp() + make_interval(secs => lease_seconds);
begin
    perform set_config('app.user_id', u::text, true);
    update oauth.refresh_leases set deadline = until
     where connection_id = c and user_id = u and owner = lease_owner and deadline > clock_timestamp();
    if not found then
        return false;
    end if;
    update oauth.refresh_attempts
       set state = 'sent', sealing_key = envelope, sent_at = clock_timestamp(), deadline = until
     where id = a and user_id = u and state = 'leased';
    return found;
end $$;

-- The commit point of a refresh, lease or not. Answers the state that it is in now, null where there is none such.
create function oauth.keep_answer(u uuid, a uuid, sealed bytea) returns text
    language plpgsql volatile security invoker as $$
begin
    perform set_config('app.user_id', u::text, true);
    update oauth.refresh_attempts set state = 'answered', answer = sealed, answered_at = clock_timestamp()
     where id = a and user_id = u and state = 'sent';
    return (select state from oauth.refresh_attempts where id = a and user_id = u);
end $$;

-- What becomes of tokens that cannot be published, the connection being at a newer generation than they renewed.
--   spare      every step since was a refresh of ours: with some providers these are the tokens that live
--   unwanted   the user has made the connection anew, so nobody will use them
--   failed     it cannot be told any more: leaving them alone is the lesser harm, for they may be the connection's own
create function oauth.late_verdict(u uuid, a uuid, c uuid, g bigint, present bigint) returns text
    language plpgsql volatile security invoker as $$
declare
    refreshed bigint;
    sent timestamptz;
begin
    perform set_config('app.user_id', u::text, true);
    select count(distinct generation) into refreshed from oauth.refresh_attempts
     where connection_id = c and user_id = u and id <> a and generation >= g and generation < present
       and state in ('published', 'answered', 'spare');
    select sent_at into sent from oauth.refresh_attempts where id = a and user_id = u;
    return case when refreshed = present - g then 'spare'
                -- Published itself, it would have been answered as such; and what others published is kept for a day.
                when refreshed = 0 and present = g + 1 and sent > clock_timestamp() - interval '20 hours' then 'unwanted'
                else 'failed' end;
end $$;

-- What an attempt came to, with its lease. A failure puts the next try off, ever longer, and by `pause_seconds` at least.
-- `sent` ends the wait for an answer that will not come. Answers how many refreshes had failed before this.
create function oauth.end_attempt(
    u uuid, a uuid, c uuid, lease_owner uuid, new_state text, failed boolean, pause_seconds double precision)
    returns integer
    language plpgsql volatile security invoker as $$
declare
    before integer;
begin
    perform set_config('app.user_id', u::text, true);
    update oauth.refresh_attempts
       set state = new_state,
           answer = case when new_state in ('sent', 'answered', 'spare', 'unwanted') then answer end,
           sealing_key = case when new_state in ('sent', 'answered', 'spare', 'unwanted') then sealing_key end,
           deadline = case when new_state = 'sent' then clock_timestamp() else deadline end,
           settled_at = case when new_state not in ('sent', 'answered', 'unwanted') then clock_timestamp() end,
           claimed_until = null
     where id = a and user_id = u and (new_state not in ('answered', 'spare', 'unwanted') or answer is not null);
    select failures into before from oauth.refresh_leases where connection_id = c and user_id = u;
    if failed then
        update oauth.refresh_leases
           set deadline = clock_timestamp(),
               failures = failures + 1,
               retry_at = clock_timestamp() + make_interval(secs => greatest(
                   pause_seconds, least(300, power(2, least(failures, 9))) * (0.5 + random() / 2)))
         where connection_id = c and user_id = u and owner = lease_owner;
    elsif new_state not in ('published', 'refused') then
        perform oauth.release_lease(c, u, lease_owner);
    else
        delete from oauth.refresh_leases
         where connection_id = c and user_id = u and (owner = lease_owner or deadline <= clock_timestamp());
    end if;
    return coalesce(before, 0);
end $$;

revoke execute on function
    oauth.claim_refresh(uuid, uuid, text, bigint, uuid, uuid, double precision, double precision, boolean),
    oauth.release_lease(uuid, uuid, uuid),
    oauth.send_attempt(uuid, uuid, uuid, uuid, jsonb, double precision),
    oauth.keep_answer(uuid, uuid, bytea),
    oauth.late_verdict(uuid, uuid, uuid, bigint, bigint),
    oauth.end_attempt(uuid, uuid, uuid, uuid, text, boolean, double precision)
    from public;
grant execute on function
    oauth.claim_refresh(uuid, uuid, text, bigint, uuid, uuid, double precision, double precision, boolean),
    oauth.release_lease(uuid, uuid, uuid),
    oauth.send_attempt(uuid, uuid, uuid, uuid, jsonb, double precision),
    oauth.keep_answer(uuid, uuid, bytea),
    oauth.late_verdict(uuid, uuid, uuid, bigint, bigint),
    oauth.end_attempt(uuid, uuid, uuid, uuid, text, boolean, double precision)
    to oauth_app;
