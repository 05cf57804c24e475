package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class StandingStreamTest {

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedResolver resolver = new ScriptedResolver().answer("localhost", "127.0.0.1");
    private final FixedSettings settings = FixedSettings.production();
    private final EgressGuard guard = new EgressGuard(settings, resolver, true);
    private final EgressClient client = new EgressClient(guard, vertx, settings);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String serve(Consumer<HttpServerRequest> handler) {
        int port = vertx.createHttpServer()
                .requestHandler(handler::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return "http://127.0.0.1:" + port + "/";
    }

    @Test
    void takesNoConnectionFromTheRequestsToTheSameHost() {
        var url = serve(request -> {
            if (request.getHeader("Standing") == null) {
                request.response().end("fine");
            } else {
                request.response().setChunked(true).write(": hello\n\n");
            }
        });
        List<EgressStream> standing = new ArrayList<>();
        for (int stream = 0; stream <= settings.connectionsPerHost(); stream++) {
            standing.add(client.standingStream(EgressRequest.get(url).withHeader("Standing", "yes"))
                    .await()
                    .indefinitely());
        }

        var answer = client.send(EgressRequest.get(url)).await().indefinitely();

        assertThat(answer.body()).hasToString("fine");
        assertThat(standing).allMatch(stream -> stream.status() == 200);
        standing.forEach(EgressStream::close);
    }

    @Test
    void thatNobodyWaitsForAnyMoreIsDroppedBeforeItsAnswer() throws InterruptedException {
        var came = new CountDownLatch(1);
        var closed = new CountDownLatch(1);
        var url = serve(request -> {
            request.connection().closeHandler(_ -> closed.countDown());
            came.countDown();
        });
        var waiting = client.stream(EgressRequest.get(url)).subscribe().with(_ -> {});
        assertThat(came.await(5, TimeUnit.SECONDS)).isTrue();

        waiting.cancel();

        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
