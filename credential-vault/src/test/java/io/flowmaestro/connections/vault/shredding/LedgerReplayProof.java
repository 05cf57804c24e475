package io.flowmaestro.connections.vault.shredding;

import static io.flowmaestro.connections.vault.transit.Calls.asAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.audit.AuditSeal;
import io.flowmaestro.connections.vault.audit.AuditTrail;
import io.flowmaestro.connections.vault.masterkey.Gates;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.transit.Calls;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restored database is shredded again before a vault opens on it. 5 users a round, and one bystander for each. */
@QuarkusTest
class LedgerReplayProof extends VaultTest {

    private static final List<String> TABLES = List.of("data_keys", "key_owners");

    @TempDir
    Path folder;

    @Inject
    LedgerRepository ledger;

    @Inject
    AuditSeal seal;

    @Inject
    ObjectMapper json;

    @Inject
    AuditTrail trail;

    @Inject
    Pool pool;

    @ConfigProperty(name = "ENCRYPTION_KEY")
    String key;

    private final UUID connection = UUID.randomUUID();
    private final Map<UUID, Map<String, Object>> erased = new LinkedHashMap<>();
    private final Map<UUID, Map<String, Object>> bystanders = new LinkedHashMap<>();

    @BeforeEach
    void backUp() throws SQLException {
        sql("drop schema if exists backup cascade", "create schema backup");
    }

    @AfterEach
    void dropTheBackup() throws SQLException {
        sql("drop schema backup cascade");
    }

    @Test
    void destroysAgainWhatTheLedgerSaysAndOnlyWithALedgerOfItsOwn() throws Exception {
        var proof = Proof.of("vault.shred-ledger");
        var users = proof.times(500, 5);
        for (int i = 0; i < users; i++) {
            sealFor(erased);
            sealFor(bystanders);
        }
        for (var table : TABLES) {
            sql("create table backup.%1$s as select * from vault.%1$s".formatted(table));
        }
        erased.keySet()
                .forEach(user -> asAdmin()
                        .delete("/internal/users/{user}/keys", user)
                        .then()
                        .statusCode(200));
        var lines = ledgerLines();

        restore(true);
        var openedAfterRestore = opened(erased);
        var refused = refusedForgeries(lines);
        var openedAfterForgeries = opened(erased) + opened(bystanders);
        gate(Optional.of(write(lines))).refresh().await().indefinitely();
        var openedAfterReplay = opened(erased);
        restore(false);
        gate(Optional.empty()).refresh().await().indefinitely();
        var openedAfterReplayByTable = opened(erased);
        proof.figure("users", users)
                .figure("opened_after_restore", openedAfterRestore)
                .figure("opened_after_replay_of_file", openedAfterReplay)
                .figure("opened_after_replay_of_table", openedAfterReplayByTable)
                .figure("forged_ledgers", refused.size())
                .figure(
                        "forged_accepted",
                        refused.values().stream().filter(shut -> !shut).count())
                .print();

        assertThat(openedAfterRestore).as("the restore was one").isEqualTo(users);
        assertThat(refused).doesNotContainValue(false);
        assertThat(openedAfterForgeries).as("a forged ledger destroys nothing").isEqualTo(2 * users);
        assertThat(openedAfterReplay).isZero();
        assertThat(openedAfterReplayByTable).isZero();
        assertThat(opened(bystanders)).isEqualTo(users);
        assertThat(replaysOnRecord()).as("twice for each").isEqualTo(2L * users);
        assertThat(ledgerLines()).containsAll(lines);
    }

    /** Whether each of them kept the vault shut. */
    private Map<String, Boolean> refusedForgeries(List<String> lines) throws IOException {
        var bystander = bystanders.keySet().iterator().next();
        var bystandersKey = bystanders.get(bystander).get("key_id").toString();
        Map<String, Consumer<ObjectNode>> forgeries = new LinkedHashMap<>();
        forgeries.put("another user", line -> line.put("user_id", bystander.toString()));
        forgeries.put("another key", line -> line.put("key_id", bystandersKey));
        forgeries.put(
                "another user and key",
                line -> line.put("user_id", bystander.toString()).put("key_id", bystandersKey));
        forgeries.put("another number of versions", line -> line.put("versions", 7));
        forgeries.put("another time", line -> line.put("destroyed_at", "2020-01-01T00:00:00Z"));
        forgeries.put("no proof", line -> line.put("mac", ""));
        forgeries.put("proof that is no base64", line -> line.put("mac", "!"));
        forgeries.put(
                "another vault's proof",
                line -> line.put("mac", Base64.getEncoder().encodeToString(Random.randBytes(32))));
        Map<String, Boolean> refused = new LinkedHashMap<>();
        for (var forgery : forgeries.entrySet()) {
            var forged = new ArrayList<>(lines);
            var line = (ObjectNode) json.readTree(forged.removeLast());
            forgery.getValue().accept(line);
            forged.add(line.toString());
            refused.put(forgery.getKey(), staysShut(write(forged)));
        }
        return refused;
    }

    private boolean staysShut(Path file) {
        var gate = gate(Optional.of(file));
        try {
            gate.verified().await().indefinitely();
            return false;
        } catch (IllegalStateException shut) {
            assertThatThrownBy(() -> gate.verified().await().indefinitely()).isInstanceOf(IllegalStateException.class);
            return true;
        }
    }

    private KeyGate gate(Optional<Path> file) {
        var replay = new LedgerReplay(new LedgerFile(() -> file, json), ledger, seal, trail);
        return Gates.onDatabase(pool, Base64.getDecoder().decode(key), Optional.empty(), List.of(replay));
    }

    private Path write(List<String> lines) throws IOException {
        return Files.write(folder.resolve("ledger.ndjson"), lines);
    }

    private void sealFor(Map<UUID, Map<String, Object>> users) {
        var user = UUID.randomUUID();
        users.put(user, Calls.sealed(user, connection, "secret"));
    }

    private long opened(Map<UUID, Map<String, Object>> users) {
        return users.entrySet().stream()
                .filter(user -> Calls.decrypt(user.getKey(), connection, user.getValue())
                                .statusCode()
                        == 200)
                .count();
    }

    private static List<String> ledgerLines() {
        return asAdmin()
                .get("/internal/shred-ledger")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }

    /** As from a dump of before: the keys are back, and the ledger's table may be of then, too. */
    private static void restore(boolean ledgerToo) throws SQLException {
        for (var table : TABLES) {
            sql("insert into vault.%1$s select * from backup.%1$s on conflict do nothing".formatted(table));
        }
        if (ledgerToo) {
            sql("delete from vault.shred_ledger");
        }
    }

    private long replaysOnRecord() throws SQLException {
        try (var database = PostgresResource.superuser();
                var query =
                        database.prepareStatement("select count(*) from vault.audit_records where operation = 'destroy'"
                                + " and outcome = 'replayed' and user_id = any (?)")) {
            query.setArray(1, database.createArrayOf("uuid", erased.keySet().toArray()));
            var row = query.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private static void sql(String... statements) throws SQLException {
        try (var database = PostgresResource.superuser();
                var statement = database.createStatement()) {
            for (var one : statements) {
                statement.execute(one);
            }
        }
    }
}
