package io.flowmaestro.connections.local.operate.restore;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipFile;

/** The oldest PostgreSQL that is supported: the suite's own comes without pg_dump, and Debian's is of this version. */
final class PostgresFloor {
    private static final Path SERVER = Path.of("target/postgres-floor.jar").toAbsolutePath();

    private PostgresFloor() {}

    /** An empty cluster. */
    static EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setServerConfig("max_connections", "200")
                .setOverrideWorkingDirectory(
                        Path.of("target/postgres-floor").toAbsolutePath().toFile())
                .setPgBinaryResolver((system, hardware) -> archive())
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    private static InputStream archive() {
        try (var jar = new ZipFile(SERVER.toFile())) {
            var entry = jar.stream()
                    .filter(found -> found.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new ByteArrayInputStream(jar.getInputStream(entry).readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
