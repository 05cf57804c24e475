package io.flowmaestro.connections.local.proof;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** The registry's bulk rewrap, whose process is killed over and over. */
final class RewrapRun {
    private static final int PORT = 3;
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final String DONE =
            "select coalesce(sum(rewrapped + unchanged + failed), 0) from registry.rewrap_runs";

    private final VaultSystem system;
    private Replica registry;
    private int kills;

    RewrapRun(VaultSystem system) throws InterruptedException {
        this.system = system;
        start();
        registry.ready();
    }

    int kills() {
        return kills;
    }

    /** With the vault's second replica for its peer, and a shorter settling time than in production. */
    private void start() {
        registry = system.registry(
                PORT,
                Map.of(
                        "CONNECTIONS_VAULT_URL",
                        "http://127.0.0.1:" + system.parts().port(2),
                        "REGISTRY_REWRAP_SETTLE",
                        "2S"));
    }

    /**
     * Starts a run and kills the process {@code times} times, spread over the rows, each time when it has done some since
     * its start and has more in hand.
     */
    void killed(int times, int rows) throws Exception {
        registry.client().asAdmin("POST", "/internal/rewrap").expecting(202);
        for (int i = 1; i <= times; i++) {
            var before = system.number(DONE);
            var due = Math.max(before + 1, (long) rows * i / (times + 2));
            await("rows before kill " + i, () -> system.number(DONE) >= due);
            system.parts().kill(registry.process());
            kills++;
            start();
        }
    }

    /** For a short round: as if the 30 s had passed for which the dead process had rows in hand. */
    void letLeasesLapse() throws SQLException {
        system.execute("update registry.connections set rewrap_claimed_until = now() - interval '1 s'"
                + " where rewrap_claimed_until is not null");
    }

    void awaitEnd() throws Exception {
        await(
                "end of the run",
                () -> system.number("select count(*) from registry.rewrap_runs where finished_at is null") == 0);
        registry.ready();
    }

    void stop() {
        registry.process().stop();
    }

    private interface Condition {
        boolean holds() throws SQLException;
    }

    private void await(String what, Condition condition) throws Exception {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.holds()) {
            if (!registry.process().alive()) {
                throw registry.process().endedEarly("before the " + what);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "no " + what + ":\n" + registry.process().lastLines());
            }
            Thread.sleep(20);
        }
    }
}
