package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.StubServer.json;
import static io.flowmaestro.connections.worker.StubServer.silent;
import static io.flowmaestro.connections.worker.StubServer.stalled;
import static io.flowmaestro.connections.worker.Suite.ALICE;
import static io.flowmaestro.connections.worker.Suite.CONNECTION;
import static io.flowmaestro.connections.worker.Suite.CREDENTIAL;
import static io.flowmaestro.connections.worker.Suite.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** It is one for the whole answer: a body that does not end is none. */
@Timeout(30)
class TimeLimitTest {

    private static final Duration LIMIT = Duration.ofMillis(500);

    private final Suite suite = new Suite();
    private final ConnectionsClient client = suite.waiting(LIMIT);
    private final UserConnections alice = client.actingFor(ALICE);

    @AfterEach
    void close() {
        client.close();
        suite.close();
    }

    @Test
    void letsACredentialBeAskedForAgain() {
        suite.server.on(CREDENTIAL, stalled(), suite.token("at-1", 1, Duration.ofHours(1)));

        assertThat(alice.getAccessToken(CONNECTION)).isEqualTo("at-1");

        assertThat(suite.asked()).isEqualTo(2);
    }

    @Test
    void endsTheCallThatAllWhoWantACredentialWaitFor() {
        suite.server.on(CREDENTIAL, stalled());

        var exception = catchThrowableOfType(UnreachableException.class, () -> alice.getAccessToken(CONNECTION));

        assertThat(exception).hasMessageEndingWith(CREDENTIAL + " (HttpTimeoutException).");
        assertThat(suite.asked()).isEqualTo(3);
        suite.server.on(CREDENTIAL, suite.token("at-1", 1, Duration.ofHours(1)));
        assertThat(alice.getAccessToken(CONNECTION)).isEqualTo("at-1");
    }

    @Test
    void repeatsNoToolCall() {
        suite.server.on(
                TOOL, stalled(), json(200, "{\"success\": true, \"data\": {\"text\": \"done\", \"isError\": false}}"));

        var exception = catchThrowableOfType(UnreachableException.class, () -> tool(alice));

        assertThat(exception.nothingRan()).isFalse();
        assertThat(suite.server.received(TOOL)).hasSize(1);
    }

    @Test
    void isToldInTheSameWordsWhereverItEnds() {
        suite.server.on(TOOL, silent(), stalled());

        var withoutHeaders = catchThrowableOfType(UnreachableException.class, () -> tool(alice));
        var withHeaders = catchThrowableOfType(UnreachableException.class, () -> tool(alice));

        assertThat(withHeaders).hasMessage(withoutHeaders.getMessage());
    }

    @Test
    void closesTheConnection() throws Exception {
        suite.server.on(TOOL, stalled());

        assertThatThrownBy(() -> tool(alice)).isInstanceOf(UnreachableException.class);

        awaitHangUp();
    }

    @Test
    void isNotWaitedForByAThreadThatIsInterrupted() throws Exception {
        suite.server.on(TOOL, stalled());
        Thread worker = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            while (suite.server.received(TOOL).isEmpty() || worker.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            worker.interrupt();
        });

        var exception = catchThrowableOfType(UnreachableException.class, () -> tool(suite.alice()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(exception).hasMessage("The thread was interrupted while it waited for an answer.");
        awaitHangUp();
    }

    @Test
    void isNotBegunByAThreadThatWasInterruptedBefore() throws Exception {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> tool(alice)).isInstanceOf(UnreachableException.class);

        assertThat(Thread.interrupted()).isTrue();
        Thread.sleep(100);
        assertThat(suite.server.received(TOOL)).isEmpty();
    }

    @Test
    void saysThatNothingRanWhereThereWasNoConnection() throws IOException {
        List<SocketChannel> queue = new ArrayList<>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var patient = ConnectionsClient.at(
                                URI.create("http://127.0.0.1:" + full.getLocalPort()), () -> "workers-token")
                        .toolTimeout(LIMIT)
                        .build()) {
            // Nobody accepts: where the queue is full, no further connection comes about.
            for (int i = 0; i < 8; i++) {
                SocketChannel waiting = SocketChannel.open();
                queue.add(waiting);
                waiting.configureBlocking(false);
                waiting.connect(full.getLocalSocketAddress());
            }

            var exception = catchThrowableOfType(UnreachableException.class, () -> tool(patient.actingFor(ALICE)));

            assertThat(exception.nothingRan()).as(exception.getMessage()).isTrue();
        } finally {
            for (SocketChannel waiting : queue) {
                waiting.close();
            }
        }
    }

    private static ToolResult tool(UserConnections of) {
        return of.executeTool(CONNECTION, "echo", Map.of());
    }

    private void awaitHangUp() throws InterruptedException {
        while (suite.server.hangUps() == 0) {
            Thread.sleep(10);
        }
    }
}
