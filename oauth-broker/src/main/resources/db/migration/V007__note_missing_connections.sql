-- When the connection of an answer was first found to be missing with no word of the registry that it may come back; null again
-- once it is there or may. A registry of before does not say, so its deletion may be taken back for a while after this.
alter table oauth.refresh_attempts add column missing_since timestamptz;
