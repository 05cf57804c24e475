-- A session's temporary schema is searched for types and tables before all others unless the path names it. Whoever can make
-- a type there that is called text, with a check of their own, would have that check run as the owner. Last in the path it
-- hides nothing; what the function's body needs of this schema it names in full.
alter function registry.erase_user(uuid) set search_path = pg_catalog, pg_temp;
