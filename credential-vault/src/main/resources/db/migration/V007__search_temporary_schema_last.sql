-- A session's temporary schema is searched for types and tables before all others unless the path names it. Whoever can make
-- a type there that is called text, with a check of their own, would have that check run as the owner. Last in the path it
-- hides nothing; what the functions' bodies need of this schema they name in full.
alter function vault.key_epochs(uuid[]) set search_path = pg_catalog, pg_temp;
alter function vault.make_audit_partitions(integer) set search_path = pg_catalog, pg_temp;
alter function vault.retire_keys(uuid[]) set search_path = pg_catalog, pg_temp;
