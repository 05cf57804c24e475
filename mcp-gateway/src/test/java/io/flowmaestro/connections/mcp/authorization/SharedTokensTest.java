package io.flowmaestro.connections.mcp.authorization;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.flowmaestro.connections.changes.ConnectionChanges;
import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refused tokens of a connection that is remembered, so that all of its callers have the same one. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = @ResourceArg(name = "schema", value = "mcp"),
        restrictToAnnotatedClass = true)
class SharedTokensTest {

    private final UUID alice = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();
    private final AtomicInteger carriedOut = new AtomicInteger();
    private volatile String accepted = "old-at";
    private volatile Consumer<HttpServerRequest> refusal = SharedTokensTest::challenge;

    @Inject
    ConnectionChanges changes;

    @BeforeEach
    void protect() {
        await().atMost(Duration.ofSeconds(10)).until(changes::isHearing);
        server.sessions().on("tools/call", (request, message) -> {
            if (("Bearer " + accepted).equals(request.getHeader("Authorization"))) {
                carriedOut.incrementAndGet();
                server.result(request, message, FakeMcpServer.text("called"));
            } else {
                refusal.accept(request);
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void challenge(HttpServerRequest request) {
        request.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .end();
    }

    /** They get their answers at the same moment, when so many have come. */
    private void refusedTogether(int calls) {
        var waiting = new CopyOnWriteArrayList<HttpServerRequest>();
        refusal = request -> {
            waiting.add(request);
            if (waiting.size() == calls) {
                refusal = SharedTokensTest::challenge;
                waiting.forEach(SharedTokensTest::challenge);
            }
        };
    }

    /** Called once already, with a token that the server took then and takes no more. */
    private StoredMcp calledBefore() {
        var stored = StoredMcp.of(
                alice,
                new JsonObject()
                        .put("server_url", server.url())
                        .put("auth_type", "oauth2")
                        .put("access_token", "old-at")
                        .put("refresh_token", "secret-rt")
                        .put("scope", new JsonArray().add("files:read"))
                        .put("granted_at", 1_700_000_000_000L)
                        .put(
                                "expires_at",
                                Instant.now().plus(Duration.ofHours(1)).toEpochMilli())
                        .put("authorization", new JsonObject().put("client", new JsonObject().put("secret", "s"))));
        call(stored).statusCode(200);
        accepted = "new-at";
        return stored;
    }

    private ValidatableResponse call(StoredMcp stored) {
        return ToolCalls.call(alice, stored.id, "echo", "{}");
    }

    private static void broker(StoredMcp stored, ResponseDefinitionBuilder answer) {
        Peers.wiremock().register(post(path(stored)).willReturn(answer));
    }

    private static ResponseDefinitionBuilder token(String value) {
        return okJson(
                "{\"success\":true,\"data\":{\"access_token\":\"%s\",\"expires_at\":null,\"credential_version\":2,\"scope\":[\"files:read\"]}}"
                        .formatted(value));
    }

    private static String path(StoredMcp stored) {
        return "/internal/connections/" + stored.id + "/access-token";
    }

    private static List<?> asked(StoredMcp stored) {
        return Peers.wiremock().find(postRequestedFor(urlEqualTo(path(stored))));
    }

    @Test
    void areRenewedOnceForAllWhoWereRefusedTogether() {
        var stored = calledBefore();
        broker(stored, token("new-at").withFixedDelay(500));
        refusedTogether(4);

        ToolCalls.together(4, () -> call(stored).statusCode(200));

        assertThat(asked(stored)).hasSize(1);
        assertThat(carriedOut).hasValue(5);
    }

    @Test
    void needNoReconnectWhileTheBrokerIsAwayAndAreRenewedOnceItIsBack() {
        var stored = calledBefore();
        broker(stored, aResponse().withStatus(503).withFixedDelay(500));
        refusedTogether(4);

        ToolCalls.together(4, () -> call(stored).statusCode(503).body("code", is("service-unavailable")));
        assertThat(asked(stored)).hasSize(1);

        broker(stored, token("new-at"));
        call(stored).statusCode(200);
    }

    @Test
    void areNotRenewedAgainForACallThatWasSentBefore() {
        var stored = calledBefore();
        broker(stored, token("new-at"));
        var held = new CompletableFuture<HttpServerRequest>();
        refusal = request -> {
            if (!held.complete(request)) {
                challenge(request);
            }
        };
        var late = CompletableFuture.runAsync(() -> call(stored).statusCode(200));
        var request = held.join();
        call(stored).statusCode(200);

        server.vertx().runOnContext(_ -> challenge(request));

        late.join();
        assertThat(asked(stored)).hasSize(1);
    }

    @Test
    void areRenewedForTheOthersWhenOneHangsUp() throws Exception {
        var stored = calledBefore();
        broker(stored, token("new-at").withFixedDelay(1000));

        ToolCalls.hangUp(alice, stored.id, () -> server.count("tools/call") == 2);
        call(stored).statusCode(200);

        assertThat(asked(stored)).hasSize(1);
    }

    @Test
    void thatWereJustRenewedAndAreRefusedAgainNeedAReconnect() {
        var stored = calledBefore();
        broker(stored, token("still-bad"));

        call(stored).statusCode(502).body("code", is("mcp-server-unauthorized"));
        call(stored).statusCode(502).body("code", is("mcp-server-unauthorized"));

        assertThat(asked(stored)).hasSize(1);
    }
}
