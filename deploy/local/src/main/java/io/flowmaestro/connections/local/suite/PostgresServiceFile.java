package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.postgres.SuiteDatabase;

/** Lets {@code psql} connect without a password on its command line or in the script. */
final class PostgresServiceFile {
    private PostgresServiceFile() {}

    static String content(Installation installation) {
        return """
                [connections]
                host=127.0.0.1
                port=%d
                dbname=%s
                user=%s
                password=%s
                """.formatted(
                        installation.ports().postgres(),
                        SuiteDatabase.NAME,
                        EmbeddedPostgres.SUPERUSER,
                        installation.secrets().superuserPassword());
    }
}
