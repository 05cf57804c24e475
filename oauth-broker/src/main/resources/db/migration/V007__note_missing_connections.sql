-- When the connection of an answer was first found to be missing: its deletion may be taken back for a while.
alter table oauth.refresh_attempts add column missing_since timestamptz;
