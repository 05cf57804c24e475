package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host that takes the connection and reads nothing of the request. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class UnreadRequestTest {

    /** More than what the kernel takes for both ends. */
    private static final int BODY = 32_000_000;

    private final Vertx vertx = Vertx.vertx();
    private final FixedSettings settings = FixedSettings.production();
    private final EgressClient client =
            new EgressClient(new EgressGuard(settings, new ScriptedResolver(), true), vertx, settings);

    @AfterEach
    void stop() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void isNotKeptAfterItsTime() throws IOException, InterruptedException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var request = EgressRequest.of(HttpMethod.POST, "http://127.0.0.1:" + server.getLocalPort() + "/")
                    .withBody(Buffer.buffer(new byte[BODY]))
                    .withTimeout(Duration.ofMillis(300));

            var failure = catchThrowableOfType(
                    EgressFailure.class, () -> client.send(request).await().indefinitely());
            // The connection is given a moment to take what it takes.
            Thread.sleep(1_500);

            assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.TIMEOUT);
            assertThat(all(server.accept())).isLessThan(BODY);
        }
    }

    private static long all(Socket socket) throws IOException {
        long read = 0;
        try (socket) {
            var buffer = new byte[65_536];
            for (int got = socket.getInputStream().read(buffer);
                    got >= 0;
                    got = socket.getInputStream().read(buffer)) {
                read += got;
            }
        } catch (SocketException reset) {
            return read;
        }
        return read;
    }
}
