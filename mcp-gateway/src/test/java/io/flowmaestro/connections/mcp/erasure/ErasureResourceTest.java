package io.flowmaestro.connections.mcp.erasure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ErasureResourceTest {

    private final UUID alice = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static ValidatableResponse eraseAs(String client, UUID onBehalfOf, UUID user) {
        return given().auth()
                .oauth2(Tokens.service(client))
                .header("X-On-Behalf-Of", onBehalfOf)
                .delete("/internal/users/{id}", user)
                .then();
    }

    private static ValidatableResponse erase(UUID user) {
        return eraseAs("connection-registry", user, user);
    }

    private StoredMcp used(UUID user) {
        var stored = StoredMcp.of(
                user,
                new JsonObject()
                        .put("server_url", server.url())
                        .put("auth_type", "bearer")
                        .put("bearer_token", "token-of-" + user));
        call(user, stored);
        return stored;
    }

    private static void call(UUID user, StoredMcp stored) {
        given().auth()
                .oauth2(Tokens.user(user))
                .contentType("application/json")
                .body("{}")
                .post("/api/mcp/{id}/tools/echo", stored.id)
                .then()
                .statusCode(200);
    }

    @Nested
    class Erase {
        @Test
        void closesAndForgetsTheUsersSessionsOnly() {
            used(alice);
            used(alice);
            var bobs = used(bob);
            UsageInbox.await(alice, 2);

            erase(alice).statusCode(200).body("success", equalTo(true)).body("data.removed.sessions", equalTo(2));

            assertThat(server.sessions).hasSize(1);
            assertThat(server.seen.stream().filter(one -> one.method().equals(HttpMethod.DELETE)))
                    .hasSize(2)
                    .allSatisfy(one ->
                            assertThat(one.headers().get("Authorization")).isEqualTo("Bearer token-of-" + alice));
            call(bob, bobs);
            assertThat(server.count("initialize")).isEqualTo(3);
        }

        @Test
        void opensANewSessionForALaterCall() {
            var stored = used(alice);
            erase(alice).statusCode(200);

            call(alice, stored);

            assertThat(server.count("initialize")).isEqualTo(2);
        }

        @Test
        void isSafeToRepeat() {
            used(alice);
            UsageInbox.await(alice, 1);
            erase(alice).body("data.removed.sessions", equalTo(1));

            erase(alice)
                    .statusCode(200)
                    .body("data.removed.sessions", equalTo(0))
                    .body("data.removed.usage_events", equalTo(0));
        }

        @Test
        void closesThoseOfConnectionsThatAreGone() {
            used(alice).deleted();

            erase(alice).statusCode(200);

            assertThat(server.sessions).isEmpty();
        }

        @Test
        void forgetsSessionsThatItCannotCloseAnyMore() {
            used(alice);
            Peers.wiremock()
                    .register(post("/internal/decrypt")
                            .withHeader(
                                    "X-On-Behalf-Of",
                                    com.github.tomakehurst.wiremock.client.WireMock.equalTo(alice.toString()))
                            .willReturn(aResponse().withStatus(404)));

            erase(alice).statusCode(200).body("data.removed.sessions", equalTo(1));

            assertThat(server.sessions).hasSize(1);
        }

        @Test
        void closesASessionWithItsOwnCredential() {
            used(alice)
                    .replaced(new JsonObject()
                            .put("server_url", server.url())
                            .put("auth_type", "bearer")
                            .put("bearer_token", "the next"));

            erase(alice).statusCode(200).body("data.removed.sessions", equalTo(1));

            assertThat(server.seen.stream().filter(one -> one.method().equals(HttpMethod.DELETE)))
                    .singleElement()
                    .satisfies(one ->
                            assertThat(one.headers().get("Authorization")).isEqualTo("Bearer token-of-" + alice));
        }

        @Test
        void dropsUsageThatWaitsToBeReported() {
            UsageInbox.answers(alice, aResponse().withStatus(503));
            used(alice);
            UsageInbox.await(alice, 4);

            erase(alice).statusCode(200).body("data.removed.usage_events", equalTo(1));

            UsageInbox.answers(alice, okJson("{}"));
            int sent = UsageInbox.of(alice).size();
            assertThat(UsageInbox.afterAFlush(alice)).hasSize(sent);
        }
    }

    @Nested
    class Refuses {
        @Test
        void anotherUserThanTheOneActedFor() {
            eraseAs("connection-registry", bob, alice)
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"))
                    .body("violations.field", hasItem("userId"));
        }

        @Test
        void everyoneButTheRegistry() {
            eraseAs("oauth-broker", alice, alice).statusCode(403).body("code", equalTo("peer-not-allowed"));
            given().auth()
                    .oauth2(Tokens.user(alice))
                    .delete("/internal/users/{id}", alice)
                    .then()
                    .statusCode(403);
            given().auth()
                    .oauth2(Tokens.admin())
                    .delete("/internal/users/{id}", alice)
                    .then()
                    .statusCode(403);
            given().delete("/internal/users/{id}", alice).then().statusCode(401);
        }
    }
}
