package io.flowmaestro.connections.local.operate.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.operate.Outside;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A suite that two people have used, of whom one was erased. Of it there are left: what is kept elsewhere for such a day, and
 * what somebody copied out of the database before.
 *
 * @param earlier a dump of before the erasure
 * @param later one of after it
 * @param ledger whose keys were destroyed
 */
record LostSuite(
        Path earlier,
        Path later,
        Path ledger,
        Belongings alice,
        Belongings bob,
        List<Kept> copiedFromAlice,
        List<Kept> copiedFromBob) {
    private static final int LONGEST_ERASURE_SECONDS = 60;
    private static final JsonObject NOTHING = new JsonObject();

    /**
     * Uses one and gives it up.
     *
     * @param key what the vault is told of its key
     * @param keys how many API keys each of the two stores
     */
    static LostSuite after(Path folder, Map<String, String> key, Outside outside, int keys) throws Exception {
        try (var suite = new WholeSuite(folder.resolve("lost"), RestoreDrill.QUIET)) {
            suite.migrate(WholeSuite.DATABASE);
            outside.describe(suite.providers());
            suite.start(key, Outside.client());
            return used(suite, folder, outside, keys);
        }
    }

    private static LostSuite used(WholeSuite suite, Path folder, Outside outside, int keys) throws Exception {
        var alice = stored(suite, Account.ALICE, outside, keys);
        var bob = stored(suite, Account.BOB, outside, keys);
        var copiedFromAlice = Kept.of(suite, alice.user());
        var copiedFromBob = Kept.of(suite, bob.user());
        var earlier = suite.tools().dump(WholeSuite.DATABASE, folder.resolve("earlier.dump"));
        var worker = suite.callers().client("worker");
        assertThat(alice.isRefreshed(alice.rotated(), worker, suite.port(WholeSuite.BROKER)))
                .as("a token is rotated between the dumps")
                .isTrue();
        erase(suite, bob);
        var ledger = suite.callers()
                .operator()
                .success(suite.port(WholeSuite.VAULT), "GET", "/internal/shred-ledger", NOTHING);
        return new LostSuite(
                earlier,
                suite.tools().dump(WholeSuite.DATABASE, folder.resolve("later.dump")),
                Files.writeString(folder.resolve("shred-ledger.ndjson"), ledger.body()),
                alice,
                bob,
                copiedFromAlice,
                copiedFromBob);
    }

    private static Belongings stored(WholeSuite suite, Account account, Outside outside, int keys) throws Exception {
        var callers = suite.callers();
        return Belongings.stored(
                callers.id(account), callers.user(account), suite.port(WholeSuite.REGISTRY), outside, keys);
    }

    /** Asks until the receipt is there. */
    static void erase(WholeSuite suite, Belongings whose) throws Exception {
        var registry = suite.port(WholeSuite.REGISTRY);
        var path = "/api/users/" + whose.user();
        var asked = suite.callers().operator().success(registry, "DELETE", path, NOTHING);
        for (int i = 0; asked.statusCode() != 200; i++) {
            assertThat(i).as(asked.body()).isLessThan(LONGEST_ERASURE_SECONDS);
            Thread.sleep(1_000);
            asked = suite.callers().operator().success(registry, "DELETE", path, NOTHING);
        }
    }
}
