package io.flowmaestro.connections.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** What was destroyed stays destroyed: in dumps of afterwards, and in restored dumps of before. */
final class Shredding {
    private static final int RECORDS_OF_A_USER = 5;
    private static final int ONE_PORT = 3;
    private static final int OTHER_PORT = 4;
    private static final Duration START = Duration.ofSeconds(60);

    private final VaultSystem system;
    private final Proof proof;
    private final Path folder;
    private List<Sealed> erased;
    private List<JsonObject> erasedEnvelopes;
    private List<Sealed> kept;
    private List<JsonObject> keptEnvelopes;

    Shredding(VaultSystem system, Proof proof, Path folder) {
        this.system = system;
        this.proof = proof;
        this.folder = folder;
    }

    void prove() throws Exception {
        var toErase = users();
        erased = Rows.stored(system, toErase, RECORDS_OF_A_USER);
        erasedEnvelopes = Rows.readAll(system, erased);
        kept = Rows.stored(system, users(), RECORDS_OF_A_USER);
        keptEnvelopes = Rows.readAll(system, kept);
        Dump.of(system, folder.resolve("before")).restore(system, "before");
        for (var user : toErase) {
            system.first()
                    .client()
                    .asAdmin("DELETE", "/internal/users/" + user + "/keys")
                    .expecting(200);
        }
        Dump.of(system, folder.resolve("after")).restore(system, "after");
        var ledger = system.second()
                .client()
                .asAdmin("GET", "/internal/shred-ledger")
                .expecting(200);
        var file = Files.writeString(folder.resolve("shred-ledger.ndjson"), ledger.body());
        var forged = Files.writeString(folder.resolve("forged.ndjson"), forged(ledger.body()));

        var after = vault("after", ONE_PORT, "");
        var withoutLedger = vault("before", OTHER_PORT, "");
        var openedAfter = opened(after.ready());
        var openedWithoutLedger = opened(withoutLedger.ready());
        after.process().stop();
        withoutLedger.process().stop();
        var shut = vault("before", ONE_PORT, forged.toString());
        var readyWithForged = wasReady(shut);
        shut.process().stop();
        var openedReplayed = opened(vault("before", OTHER_PORT, file.toString()).ready());
        proof.figure("users_erased", toErase.size())
                .figure("records_of_theirs", erased.size())
                .figure("opened_in_dump_of_after", openedAfter.erased())
                .figure("opened_in_dump_of_before_without_ledger", openedWithoutLedger.erased())
                .figure("opened_in_dump_of_before_with_ledger", openedReplayed.erased())
                .figure("records_of_others", kept.size())
                .figure("of_others_unopened", 2 * kept.size() - openedAfter.kept() - openedReplayed.kept())
                .figure("ready_with_forged_ledger", readyWithForged)
                .print();

        assertThat(openedAfter).isEqualTo(new Opened(0, kept.size()));
        assertThat(openedWithoutLedger)
                .as("without its ledger the dump of before opens, so it is the ledger that shreds")
                .isEqualTo(new Opened(erased.size(), kept.size()));
        assertThat(openedReplayed).isEqualTo(new Opened(0, kept.size()));
        assertThat(readyWithForged).isFalse();
    }

    private record Opened(int erased, int kept) {}

    private Opened opened(Replica vault) throws Exception {
        return new Opened(
                Opening.opened(vault.client(), erased, erasedEnvelopes),
                Opening.opened(vault.client(), kept, keptEnvelopes));
    }

    private List<UUID> users() {
        return Stream.generate(UUID::randomUUID).limit(proof.times(200, 4)).toList();
    }

    private Replica vault(String database, int port, String ledger) {
        return system.vault(
                "vault-" + database + "-" + port,
                port,
                Map.of("CONNECTIONS_DATABASE_URL", system.databaseUrl(database), "SHRED_LEDGER_FILE", ledger));
    }

    /** The last line would destroy the keys of somebody else. */
    private String forged(String ledger) {
        var lines = ledger.lines().toList();
        var line = new JsonObject(lines.getLast())
                .put("user_id", kept.getFirst().user().toString());
        return String.join("\n", lines.subList(0, lines.size() - 1)) + "\n" + line.encode() + "\n";
    }

    /** Whether it opened, up to five seconds after it said in its log that it does not. */
    private static boolean wasReady(Replica vault) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!saysSo(vault)) {
            if (vault.client().isReady()) {
                return true;
            }
            assertThat(vault.process().alive())
                    .as("a vault with a forged ledger waits")
                    .isTrue();
            assertThat(System.nanoTime()).as("it says why it does not open").isLessThan(deadline);
            Thread.sleep(50);
        }
        for (int i = 0; i < 25; i++) {
            if (vault.client().isReady()) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    private static boolean saysSo(Replica vault) throws IOException {
        return Files.readString(vault.process().spec().log()).contains("was not made by this vault");
    }
}
