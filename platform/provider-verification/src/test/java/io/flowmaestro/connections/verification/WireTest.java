package io.flowmaestro.connections.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.egress.LoopbackEgress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Through the real way out, to a server that behaves as it likes. */
class WireTest {

    private final Vertx vertx = Vertx.vertx();
    private final CredentialVerifier verifier = new CredentialVerifier(LoopbackEgress.client(vertx));
    private final List<HttpServerRequest> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String serve(Consumer<HttpServerRequest> handler) {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    seen.add(request);
                    handler.accept(request);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return "http://localhost:" + port;
    }

    private Verdict verdict(String provider, String baseUrl) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("api_key", "CANARY-key")
                .put("base_url", baseUrl);
        Verdict verdict = verifier.verify(UUID.randomUUID(), Sample.provider(provider), "api_key", data)
                .await()
                .atMost(Duration.ofSeconds(20));
        assertThat(verdict.message()).doesNotContain("CANARY", "127.0.0.1");
        return verdict;
    }

    @Test
    void aGoodKeyIsAccepted() {
        var verdict = verdict(
                "generic",
                serve(request -> request.response().setStatusCode(204).end()));

        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(seen.getFirst().getHeader("Authorization")).isEqualTo("Bearer CANARY-key");
        assertThat(seen.getFirst().getHeader("User-Agent")).isEqualTo("FlowMaestro-Connections");
    }

    @Test
    void aPostSaysThatItIsEmpty() {
        var verdict = verdict("slack", serve(request -> request.response().end("{\"ok\":true}")));

        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(seen.getFirst().getHeader("Content-Length")).isEqualTo("0");
    }

    @Test
    void aRedirectIsNotFollowed() {
        String elsewhere = serve(request -> request.response().end());
        var verdict = verdict(
                "generic",
                serve(request -> request.response()
                        .setStatusCode(302)
                        .putHeader("Location", elsewhere)
                        .end()));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(seen).hasSize(1);
    }

    @Test
    void anAnswerThatIsTooLargeSaysNothing() {
        var verdict = verdict("generic", serve(request -> request.response().end("x".repeat(262_145))));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.message()).contains("larger than");
    }

    @Test
    void aHostThatHangsSaysNothingWithinItsTime() {
        long began = System.nanoTime();
        var verdict = verdict("generic", serve(request -> {}));

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.message()).contains("in time");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
    }

    @Test
    void aHostThatIsNotThereSaysNothing() {
        assertThat(verdict("generic", "http://localhost:1")).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict("generic", "https://nowhere.example")).isInstanceOf(Verdict.Inconclusive.class);
    }

    @Test
    void aHostThatMayNotBeCalledIsNotAsked() {
        for (String closed : List.of("http://acme.example", "https://10.0.0.1", "https://169.254.169.254")) {
            assertThat(verdict("generic", closed)).isInstanceOf(Verdict.Untestable.class);
        }
    }
}
