package io.flowmaestro.connections.registry.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddingOriginsTest {

    private static final String LISTED = "https://flows.example.com";

    private static Vertx vertx;
    private static int port;

    @BeforeAll
    static void serve() throws Exception {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        router.route().handler(new EmbeddingOrigins(new Settings())::route);
        router.route().handler(context -> context.response().setStatusCode(200).end("answered"));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .actualPort();
    }

    @AfterAll
    static void stop() {
        vertx.close();
    }

    @Test
    void aListedOriginMayReadAnswers() throws Exception {
        var answer = send("GET", "/api/connections", LISTED);

        assertThat(answer.body()).isEqualTo("answered");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(LISTED);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
    }

    @Test
    void itsPreflightIsAnsweredWithoutAToken() throws Exception {
        var answer = send("OPTIONS", "/api/connections", LISTED);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("Authorization"));
    }

    @Test
    void anyOtherOriginIsToldNothing() throws Exception {
        assertThat(send("GET", "/api/connections", LISTED + ".evil.example")
                        .headers()
                        .map())
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void whatIsNoApiIsForNoOtherOrigin() throws Exception {
        assertThat(send("GET", "/internal/connections", LISTED).headers().map())
                .doesNotContainKey("access-control-allow-origin");
    }

    private static HttpResponse<String> send(String method, String path, String origin) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .method(method, BodyPublishers.noBody())
                            .header("Origin", origin)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static final class Settings implements UiConfig {
        @Override
        public URI issuer() {
            return URI.create("https://id.example.com");
        }

        @Override
        public String clientId() {
            return "connections-ui";
        }

        @Override
        public String scope() {
            return "openid";
        }

        @Override
        public Optional<List<String>> origins() {
            return Optional.of(List.of(LISTED));
        }

        @Override
        public Optional<List<String>> identityOrigins() {
            return Optional.empty();
        }

        @Override
        public Optional<String> publicUrl() {
            return Optional.empty();
        }
    }
}
