package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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

    private EgressRequest openingServer(Consumer<ServerWebSocket> opened) {
        int port = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("mcp"))
                .webSocketHandler(opened::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return EgressRequest.of(HttpMethod.GET, "ws://127.0.0.1:" + port + "/");
    }

    /** Whoever hangs up at that moment has no socket to close, and nobody else has it. */
    @Test
    void thatIsDoneAsItsCallerLeavesClosesTheSocket() throws InterruptedException {
        var request = openingServer(socket -> socket.closeHandler(_ -> closed.countDown()));
        var leaving = new AtomicReference<Cancellable>();

        vertx.runOnContext(_ -> leaving.set(client.socket(request, "mcp")
                .invoke(() -> leaving.get().cancel())
                .chain(_ -> Uni.createFrom().nothing())
                .subscribe()
                .with(_ -> {})));

        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    /** Else whatever else is on the loop waits for a million bytes each time. */
    @Test
    void ofAServerThatPoursIsReadABufferAtATime() throws InterruptedException {
        var message = Buffer.buffer(new byte[1024]);
        var messages = 8 * 1024;
        var request =
                openingServer(socket -> IntStream.range(0, messages).forEach(_ -> socket.writeBinaryMessage(message)));
        var turns = new Turns();
        var all = new CountDownLatch(messages);

        vertx.runOnContext(_ -> client.socket(request, "mcp")
                .subscribe()
                .with(socket -> socket.read(
                        bytes -> {
                            turns.read(bytes.length);
                            all.countDown();
                        },
                        _ -> {})));

        assertThat(all.await(15, TimeUnit.SECONDS)).isTrue();
        assertThat(turns.most()).isLessThanOrEqualTo(Turns.A_BUFFER);
    }
}
