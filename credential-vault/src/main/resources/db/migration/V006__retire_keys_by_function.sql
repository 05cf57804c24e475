-- Jobs retire a former key encryption key through this alone, so that no mistake of theirs can touch the primary one.
create function vault.retire_keys(retiring uuid[]) returns setof uuid
    language sql volatile security definer set search_path = pg_catalog as
$$
    update vault.key_encryption_keys k set state = 'retired'
     where k.kek_id = any (retiring) and k.state = 'decrypt-only'
       and not exists (select from vault.data_keys d where d.kek_id = k.kek_id)
       and not exists (select from vault.audit_keys a where a.kek_id = k.kek_id)
    returning k.kek_id
$$;
revoke execute on function vault.retire_keys(uuid[]) from public;
grant execute on function vault.retire_keys(uuid[]) to vault_jobs;
revoke update (state) on vault.key_encryption_keys from vault_jobs;
revoke select (kek_id) on vault.audit_keys from vault_jobs;
