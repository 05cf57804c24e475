package io.flowmaestro.connections.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/** The key encryption key is changed in two phases, and then a replica comes that was not told of it. */
final class KeyChange {
    private static final int LATE_PORT = 4;
    private static final int LATE_CALLS = 50;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final VaultSystem system;
    private final Sealed record;
    private final Callable<JsonObject> envelope;
    private int lateAsked;
    private int lateAnswered;

    /**
     * @param record one to ask the late replica for
     */
    KeyChange(VaultSystem system, Sealed record, Callable<JsonObject> envelope) {
        this.system = system;
        this.record = record;
        this.envelope = envelope;
    }

    /** How often the late replica was asked. */
    int lateAsked() {
        return lateAsked;
    }

    /** How often it said anything but 503. */
    int lateAnswered() {
        return lateAnswered;
    }

    void run() throws Exception {
        var former = system.keys().get("ENCRYPTION_KEY");
        var fresh = VaultSystem.freshKey();
        refused("no-key-waits");
        system.keys(former, fresh);
        system.restartFirst();
        refused("key-not-everywhere");
        system.restartSecond();
        system.first().client().asAdmin("POST", "/internal/keys/rotate").expecting(200);
        askLateReplica(former);
        awaitRetirement();
        system.keys(fresh, "");
        system.restartFirst();
        system.restartSecond();
    }

    private void refused(String code) throws IOException, InterruptedException {
        var answer =
                system.first().client().asAdmin("POST", "/internal/keys/rotate").expecting(409);
        assertThat(answer.code()).isEqualTo(code);
    }

    /** It holds the former key alone, while data keys are wrapped by it and when none is any more. */
    private void askLateReplica(String former) throws Exception {
        var late = system.vault("vault-late", LATE_PORT, Map.of("ENCRYPTION_KEY", former, "ENCRYPTION_KEY_NEXT", ""));
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (!listens(late)) {
            assertThat(System.nanoTime()).as("the late replica answers").isLessThan(deadline);
            assertThat(late.process().alive()).as("the late replica only waits").isTrue();
            Thread.sleep(50);
        }
        for (int i = 0; i < LATE_CALLS; i++) {
            ask(late);
        }
        awaitRetirement();
        for (int i = 0; i < LATE_CALLS; i++) {
            ask(late);
        }
        assertThat(late.client().readiness().body()).contains("does not hold the primary key");
        late.process().stop();
    }

    private void ask(Replica late) throws Exception {
        lateAsked += 3;
        lateAnswered += late.client().readiness().status() == 503 ? 0 : 1;
        lateAnswered += late.client()
                                .decrypt(record.user(), record.toOpen(envelope.call()))
                                .status()
                        == 503
                ? 0
                : 1;
        lateAnswered += late.client().encrypt(record.user(), record).status() == 503 ? 0 : 1;
    }

    private static boolean listens(Replica replica) throws InterruptedException {
        try {
            replica.client().readiness();
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void awaitRetirement() throws Exception {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (system.number("select count(*) from vault.key_encryption_keys where state = 'decrypt-only'") > 0) {
            assertThat(System.nanoTime()).as("the former key is retired").isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
