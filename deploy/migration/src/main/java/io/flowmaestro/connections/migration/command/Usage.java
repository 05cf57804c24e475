package io.flowmaestro.connections.migration.command;

/** What {@code --help} shows. */
public final class Usage {
    public static final String TEXT = """
            usage: ./connections import --from postgresql://user@host/database [options]

              --from URL            the database of FlowMaestro; sslmode, sslrootcert, sslcert, sslkey may follow after ?
                                    its password: PGPASSWORD, ~/.pgpass, or a file named in CONNECTIONS_IMPORT_PASSWORD_FILE
              --schema NAME         where its tables are (flowmaestro)
              --table NAME ...      only these of connections, credentials, integrations (all that are there)
              --dry-run             the registry says what it would do; nothing is written
              --to URL              the registry's own address, not the front door's (the suite of this machine);
                                    the operator's token: CONNECTIONS_TOKEN_FILE, or CONNECTIONS_TOKEN
              --allow-plain-http    the way to the registry is encrypted by something else, a mesh for example
              --report FILE         one line of JSON for each row (connections-import.ndjson, with --dry-run
                                    connections-import-dry-run.ndjson); FILE.state beside it is for --resume
              --resume              go on with the run of that report
              --batch N             rows per request, 1 to 100 (100)
              --issuer URL          the identity provider's issuer, for user ids that are no UUIDs
              --time-zone ZONE      the zone of timestamps that have none (UTC)

            Exit code 0: every row is imported or was there; 3: some were refused, the report says which and why;
            2: the call is wrong; 1: it stopped; 130: interrupted. docs/migration.md tells the whole way.""";

    private Usage() {}
}
