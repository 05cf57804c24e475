package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class EgressLogTest {

    private static final String CANARY = "Canary-7f3a";

    private final Vertx vertx = Vertx.vertx();
    private final FixedSettings settings = FixedSettings.production();
    private final EgressGuard guard =
            new EgressGuard(settings, new ScriptedResolver().answer("localhost", "127.0.0.1"), true);
    private final EgressClient client = new EgressClient(guard, vertx, settings);
    private final Logger logger = Logger.getLogger("io.flowmaestro.connections");
    private final Lines lines = new Lines();

    private static final class Lines extends Handler {
        private final List<String> written = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            written.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        lines.setLevel(Level.ALL);
        logger.addHandler(lines);
        logger.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(lines);
        logger.setLevel(null);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int serve(int status) {
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(status)
                        .putHeader("X-Answer", CANARY)
                        .end(CANARY))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @Test
    void saysMethodHostWordsOfThePathStatusAndTime() {
        int port = serve(404);

        client.send(EgressRequest.get("http://localhost:" + port + "/api/v2/users/17/tool-calls?a=b"))
                .await()
                .indefinitely();

        assertThat(lines.written)
                .singleElement()
                .asString()
                .matches("GET http://localhost:" + port + "/api/v2/users/\\*/tool-calls answered 404 after [0-9]+ ms");
    }

    @Test
    void neverShowsASecretWhereverTheRequestOrTheAnswerHasIt() {
        int port = serve(200);

        client.send(EgressRequest.post(
                                "http://localhost:" + port + "/hooks/" + CANARY + "/bot" + CANARY + "?key=" + CANARY,
                                Buffer.buffer(CANARY))
                        .withHeader("Authorization", "Bearer " + CANARY))
                .await()
                .indefinitely();

        assertThat(lines.written)
                .singleElement()
                .asString()
                .contains("POST http://localhost:" + port + "/hooks/*/* answered 200")
                .doesNotContain(CANARY);
    }

    @Test
    void saysWhyNothingCameOrNothingWasSent() {
        int port = serve(200);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        var other = Vertx.vertx();
        var lonely = new EgressClient(guard, other, settings);

        lonely.send(EgressRequest.get("http://localhost:" + port + "/a"))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
        lonely.send(EgressRequest.get("ftp://localhost/" + CANARY))
                .onFailure()
                .recoverWithNull()
                .await()
                .indefinitely();
        other.close().toCompletionStage().toCompletableFuture().join();

        assertThat(lines.written).hasSize(2);
        assertThat(lines.written.getFirst())
                .matches("GET http://localhost:" + port + "/a failed after [0-9]+ ms: UNREACHABLE");
        assertThat(lines.written.getLast()).isEqualTo("GET was refused: SchemeNotAllowed");
    }

    @Test
    void isSilentWithoutDebug() {
        logger.setLevel(Level.INFO);

        client.send(EgressRequest.get("http://localhost:" + serve(200) + "/a"))
                .await()
                .indefinitely();

        assertThat(lines.written).isEmpty();
    }
}
