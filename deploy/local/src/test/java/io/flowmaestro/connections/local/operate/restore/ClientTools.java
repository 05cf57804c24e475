package io.flowmaestro.connections.local.operate.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL's own programs, as the runbook calls them. */
final class ClientTools {
    private final int port;

    ClientTools(int port) {
        this.port = port;
    }

    Path dump(String database, Path file) throws IOException, InterruptedException {
        run("pg_dump", "-Fc", "-f", file.toString(), address(database));
        return file;
    }

    /** What the migration Job has made and the dump brings. */
    void dropSchemas(String database) throws IOException, InterruptedException {
        run("psql", "-q", "-c", "drop schema registry, vault, oauth, mcp cascade", address(database));
    }

    void restore(Path dump, String database) throws IOException, InterruptedException {
        run("pg_restore", "--exit-on-error", "-d", address(database), dump.toString());
    }

    private String address(String database) {
        return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s (apt-get install postgresql-client, of version 15): %s", List.of(command), output)
                .isZero();
    }
}
