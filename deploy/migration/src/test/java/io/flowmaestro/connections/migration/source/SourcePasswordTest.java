package io.flowmaestro.connections.migration.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.migration.SourceFixture;
import io.flowmaestro.connections.migration.refusal.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A role that the server lets in with a password only. */
class SourcePasswordTest {
    private static final String PGPASS = "org.postgresql.pgpassfile";

    @TempDir
    private Path folder;

    private SourceFixture source;

    @BeforeEach
    void create() throws Exception {
        source = new SourceFixture().connections();
        source.passwordOf("importer", "right-canary");
        source.sql("grant usage on schema flowmaestro to importer");
    }

    @AfterEach
    void end() throws Exception {
        System.clearProperty(PGPASS);
        source.close();
    }

    @Test
    void isLetInWithTheRightOne() {
        try (SourceDatabase database = open(Optional.of("right-canary"))) {
            assertThat(database.tables(List.of())).hasSize(1);
        }
    }

    @Test
    void isToldWhereToPutItWithAWrongOneOrNone() {
        for (Optional<String> password : List.of(Optional.of("wrong-canary"), Optional.<String>empty())) {
            assertThatThrownBy(() -> open(password))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContainingAll("PGPASSWORD", "~/.pgpass", "CONNECTIONS_IMPORT_PASSWORD_FILE")
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void mayHaveItInAPasswordFile() throws Exception {
        Path file = Files.writeString(folder.resolve("pgpass"), "*:*:*:importer:right-canary\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        System.setProperty(PGPASS, file.toString());

        try (SourceDatabase database = open(Optional.empty())) {
            assertThat(database.tables(List.of())).hasSize(1);
        }
    }

    private SourceDatabase open(Optional<String> password) {
        return SourceDatabase.open(SourceAddress.parse(source.url("importer")), password, "flowmaestro");
    }
}
