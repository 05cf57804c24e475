package io.flowmaestro.connections.local.operate.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.operate.Outside;
import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * docs/runbooks/disaster-recovery.md, step by step: a suite of which nothing is left but its dumps, its shred ledger and, in
 * escrow, its key-encryption key comes back on an empty PostgreSQL, without whom it had erased.
 */
final class RestoreDrill {
    private static final String LATER = "later";
    private static final String WITHOUT_LEDGER = "without_ledger";
    /** A copy asks nobody outside by itself; of the first one it is known so what was refreshed when. */
    static final Map<String, String> QUIET =
            Map.of("CONNECTIONS_OAUTH_BACKGROUND_AT_ONCE", "0", "REGISTRY_HEALTH_AT_ONCE", "0");

    private final Proof proof;
    private final Path folder;
    private final Path escrow;

    RestoreDrill(Proof proof, Path folder) {
        this.proof = proof;
        this.folder = folder;
        this.escrow = folder.resolve("escrow");
    }

    void prove() throws Exception {
        Files.writeString(escrow, freshKey() + "\n");
        try (var outside = Outside.start(Duration.ofMillis(10))) {
            var lost = LostSuite.after(folder, keyFromEscrow(), outside, proof.times(50, 1));
            try (var suite = new WholeSuite(folder.resolve("restored"), QUIET)) {
                bringBack(suite, lost, outside);
                judge(suite, lost);
            }
        }
    }

    private void bringBack(WholeSuite suite, LostSuite lost, Outside outside) throws Exception {
        long began = System.nanoTime();
        outside.describe(suite.providers());
        suite.restore(lost.earlier(), WholeSuite.DATABASE);
        var vault = new HashMap<>(keyFromEscrow());
        vault.put("SHRED_LEDGER_FILE", lost.ledger().toString());
        suite.start(vault, Outside.client());
        proof.figure("seconds_to_come_back", "%.1f".formatted((System.nanoTime() - began) / 1e9));
    }

    private void judge(WholeSuite suite, LostSuite lost) throws Exception {
        var found = Found.in(suite, lost);
        var later = opened(suite, lost, lost.later(), LATER);
        var withoutLedger = opened(suite, lost, lost.earlier(), WITHOUT_LEDGER);
        int cameBack = rows(suite, lost.bob().user());
        LostSuite.erase(suite, lost.bob());
        int left = rows(suite, lost.bob().user());
        found.show(proof)
                .figure("opened_of_the_erased_in_a_later_dump", later.erased())
                .figure("opened_of_the_other_in_a_later_dump", later.other())
                .figure("opened_of_the_erased_without_ledger", withoutLedger.erased())
                .figure("rows_of_the_erased_that_came_back", cameBack)
                .figure("rows_left_when_erased_again", left)
                .print();

        found.check(lost.alice());
        int all = lost.bob().connections();
        assertThat(later).isEqualTo(new Opened(0, all));
        assertThat(withoutLedger)
                .as("without its ledger the earlier dump opens, so it is the ledger that shreds")
                .isEqualTo(new Opened(all, all));
        assertThat(cameBack).isEqualTo(all);
        assertThat(left).isZero();
    }

    /** What a vault opens of what was copied; both had stored as much. */
    private record Opened(int erased, int other) {}

    private Opened opened(WholeSuite suite, LostSuite lost, Path dump, String database) throws Exception {
        suite.copy(dump, database);
        var vault = suite.otherVault(database, keyFromEscrow());
        try {
            return new Opened(
                    Kept.opened(lost.copiedFromBob(), suite.callers(), vault.port()),
                    Kept.opened(lost.copiedFromAlice(), suite.callers(), vault.port()));
        } finally {
            vault.process().stop();
        }
    }

    private static int rows(WholeSuite suite, UUID user) throws SQLException {
        try (var sql = suite.sql(WholeSuite.DATABASE);
                var select = sql.prepareStatement("select count(*) from registry.connections where user_id = ?")) {
            select.setObject(1, user);
            var rows = select.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }

    private Map<String, String> keyFromEscrow() {
        return Map.of("ENCRYPTION_KEY", "", "ENCRYPTION_KEY_FILE", escrow.toString());
    }

    /** What {@code openssl rand -base64 32} prints. */
    private static String freshKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
