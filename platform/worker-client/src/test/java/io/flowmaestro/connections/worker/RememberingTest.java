package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.StubServer.json;
import static io.flowmaestro.connections.worker.StubServer.problem;
import static io.flowmaestro.connections.worker.Suite.ALICE;
import static io.flowmaestro.connections.worker.Suite.BOB;
import static io.flowmaestro.connections.worker.Suite.CONNECTION;
import static io.flowmaestro.connections.worker.Suite.CREDENTIAL;
import static io.flowmaestro.connections.worker.Suite.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RememberingTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Suite suite = new Suite();

    @AfterEach
    void close() {
        suite.close();
    }

    @Test
    void asksOnceAMinute() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 1, LONG));

        suite.alice().getAccessToken(CONNECTION);
        suite.clock.pass(Duration.ofSeconds(59));
        suite.alice().getAccessToken(CONNECTION);
        assertThat(suite.asked()).isEqualTo(1);
        suite.clock.pass(Duration.ofSeconds(1));
        suite.alice().getAccessToken(CONNECTION);

        assertThat(suite.asked()).isEqualTo(2);
    }

    @Test
    void asksAgainBeforeATokenEnds() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 1, Duration.ofSeconds(40)));

        suite.alice().getAccessToken(CONNECTION);
        suite.clock.pass(Duration.ofSeconds(9));
        suite.alice().getAccessToken(CONNECTION);
        assertThat(suite.asked()).isEqualTo(1);
        suite.clock.pass(Duration.ofSeconds(1));
        suite.alice().getAccessToken(CONNECTION);

        assertThat(suite.asked()).as("30 s before its end").isEqualTo(2);
    }

    @Test
    void doesNotKeepATokenThatEndsWithinTheMargin() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 1, Duration.ofSeconds(30)));

        assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("at-1");
        suite.alice().getAccessToken(CONNECTION);

        assertThat(suite.asked()).isEqualTo(2);
    }

    @Test
    void neverGivesOneUserWhatAnotherWasGiven() {
        suite.server.on(CREDENTIAL, suite.token("of-alice", 1, LONG), problem(404, "connection-not-found", ""));

        assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("of-alice");
        var bob = suite.client.actingFor(BOB);

        assertThatThrownBy(() -> bob.getAccessToken(CONNECTION)).hasMessageContaining("connection-not-found");
        assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("of-alice");
    }

    @Test
    void asksForScopesThatTheKnownTokenDoesNotHave() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 1, LONG));

        suite.alice().getAccessToken(CONNECTION);
        suite.alice().getAccessToken(CONNECTION, "read");
        assertThat(suite.asked()).isEqualTo(1);
        suite.alice().getAccessToken(CONNECTION, "admin");

        assertThat(suite.asked()).isEqualTo(2);
    }

    @Test
    void keepsNoMoreThanItMayAndDropsWhatWasUsedLongestAgo() {
        try (var small = suite.build(() -> "t", 2)) {
            var ids = IntStream.range(0, 3).mapToObj(i -> UUID.randomUUID()).toList();
            ids.forEach(id -> suite.server.on("/api/credentials/" + id, suite.token("at-" + id, 1, LONG)));
            var alice = small.actingFor(ALICE);

            ids.forEach(alice::getAccessToken);
            alice.getAccessToken(ids.get(2));
            alice.getAccessToken(ids.get(1));
            alice.getAccessToken(ids.get(0));

            assertThat(ids.stream()
                            .map(id -> suite.server
                                    .received("/api/credentials/" + id)
                                    .size()))
                    .containsExactly(2, 1, 1);
        }
    }

    @Test
    void makesOneCallForAllWhoAskMeanwhile() throws Exception {
        var gate = new CountDownLatch(1);
        var reply = suite.token("at-1", 1, LONG);
        suite.server.on(CREDENTIAL, new StubServer.Reply(200, "", reply.body(), gate));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callers = IntStream.range(0, 50)
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> suite.alice().getAccessToken(CONNECTION), threads))
                    .toList();
            Thread.sleep(100);
            gate.countDown();

            assertThat(callers).allSatisfy(caller -> assertThat(caller.get()).isEqualTo("at-1"));
        }
        assertThat(suite.asked()).isEqualTo(1);
    }

    @Test
    void doesNotRememberAFailure() {
        suite.server.on(CREDENTIAL, problem(409, "connection-not-active", ""), suite.token("at-1", 1, LONG));

        assertThatThrownBy(() -> suite.alice().getAccessToken(CONNECTION))
                .hasMessageContaining("connection-not-active");

        assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("at-1");
    }

    @Test
    void forgetsARefusedCredentialAndQuotesItsVersion() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 4, LONG), suite.token("at-2", 5, LONG));
        suite.server.on(REFUSED, refusal("renewed"));

        String token = suite.alice().getAccessToken(CONNECTION);
        var outcome = suite.alice().refused(CONNECTION, token);

        assertThat(outcome).isEqualTo(Refusal.RENEWED);
        assertThat(suite.server.received(REFUSED).getFirst().body()).isEqualTo("{\"credential_version\":4}");
        assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("at-2");
    }

    @Test
    void doesNotReportATokenThatHasBeenReplaced() {
        suite.server.on(CREDENTIAL, suite.token("at-2", 5, LONG));

        assertThat(suite.alice().refused(CONNECTION, "at-1")).isEqualTo(Refusal.SUPERSEDED);

        assertThat(suite.server.received(REFUSED)).isEmpty();
    }

    @Test
    void reportsATokenThatItNoLongerRemembersWhenTheBrokerStillGivesItOut() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 4, LONG));
        suite.server.on(REFUSED, refusal("tested"));

        assertThat(suite.alice().refused(CONNECTION, "at-1")).isEqualTo(Refusal.TESTED);
    }

    @Test
    void doesNotKeepWhatWasAskedForBeforeTheRefusal() throws Exception {
        var gate = new CountDownLatch(1);
        var old = suite.token("at-1", 4, LONG);
        suite.server.on(CREDENTIAL, old, new StubServer.Reply(200, "", old.body(), gate), suite.token("at-2", 5, LONG));
        suite.server.on(REFUSED, refusal("renewed"));
        var credential = suite.alice().getCredential(CONNECTION);
        suite.clock.pass(Duration.ofMinutes(2));
        var slow = CompletableFuture.supplyAsync(() -> suite.alice().getAccessToken(CONNECTION));
        while (suite.asked() < 2) {
            Thread.sleep(5);
        }

        suite.alice().refused(credential);
        gate.countDown();

        assertThat(slow.get()).as("it had asked before").isEqualTo("at-1");
        assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("at-2");
    }

    private static StubServer.Reply refusal(String outcome) {
        return json(
                200, "{\"success\": true, \"data\": {\"outcome\": \"" + outcome + "\", \"credential_version\": 5}}");
    }
}
