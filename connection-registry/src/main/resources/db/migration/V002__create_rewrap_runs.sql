-- Bulk rewraps: every envelope is brought to the newest version of its owner's key, one run at a time.
create table registry.rewrap_runs (
  run_number    bigint      generated always as identity primary key,
  started_at    timestamptz not null default now(),
  finished_at   timestamptz,
  -- whether a row was ever claimed: a start that comes later may be about a newer key than those rows got
  claimed       boolean     not null default false,
  -- whether another run is started when this one is finished
  follow_up     boolean     not null default false,
  rewrapped     bigint      not null default 0,
  unchanged     bigint      not null default 0,
  failed        bigint      not null default 0,
  failed_ids    uuid[]      not null default '{}',
  -- when a row was last written, and since when the vault does not answer
  progressed_at timestamptz,
  vault_away_at timestamptz
);

create unique index rewrap_runs_unfinished on registry.rewrap_runs ((finished_at is null)) where finished_at is null;

-- The last run that looked at the row's envelope, and until when a worker has it in hand.
alter table registry.connections
  add column rewrap_run           bigint not null default 0,
  add column rewrap_claimed_until timestamptz;

-- Rows are claimed in this order without sorting what is left, and a user's rows together: a batch is one user's.
create index connections_due_for_rewrap on registry.connections (rewrap_run, user_id, id);

-- Whoever else writes an envelope may have sealed it before the key was rotated, so the row is due again. The rewrap
-- itself is told apart by the run number that it writes along.
create function registry.rewrap_again() returns trigger language plpgsql as
$$ begin
  new.rewrap_run := 0;
  return new;
end $$;
create trigger connections_rewrap_again before update of data on registry.connections
  for each row when (old.data is distinct from new.data and old.rewrap_run = new.rewrap_run)
  execute function registry.rewrap_again();
revoke execute on function registry.rewrap_again() from public;

grant select (rewrap_run, rewrap_claimed_until), update (rewrap_claimed_until) on registry.connections to registry_jobs;

-- Nothing in here is a user's. Counters are written in the transaction of the rows that they count.
grant select, insert, update (finished_at, claimed, follow_up, vault_away_at) on registry.rewrap_runs to registry_jobs;
grant select, update (rewrapped, unchanged, failed, failed_ids, progressed_at, vault_away_at)
  on registry.rewrap_runs to registry_app;
