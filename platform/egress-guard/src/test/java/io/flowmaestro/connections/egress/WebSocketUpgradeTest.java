package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class WebSocketUpgradeTest {

    private final Vertx vertx = Vertx.vertx();
    private final FixedSettings settings = FixedSettings.production();
    private final EgressGuard guard = new EgressGuard(settings, new ScriptedResolver(), true);
    private final EgressClient client = new EgressClient(guard, vertx, settings);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private EgressRequest silentServer() {
        int port = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(_ -> asked.countDown()).closeHandler(_ -> closed.countDown()))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return EgressRequest.of(HttpMethod.GET, "ws://127.0.0.1:" + port + "/");
    }

    @Test
    void thatIsNotAnsweredInTimeDropsTheConnection() throws InterruptedException {
        var request = silentServer().withTimeout(Duration.ofMillis(300));

        var failure = catchThrowableOfType(
                EgressFailure.class, () -> client.socket(request, "mcp").await().indefinitely());

        assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.TIMEOUT);
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void thatNobodyWaitsForAnyMoreDropsTheConnection() throws InterruptedException {
        var waiting = client.socket(silentServer(), "mcp").subscribe().with(_ -> {});
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();

        waiting.cancel();

        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
