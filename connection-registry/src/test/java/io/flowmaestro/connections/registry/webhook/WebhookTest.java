package io.flowmaestro.connections.registry.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Peers;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class WebhookTest {

    private final UUID carol = UUID.randomUUID();
    private final UUID dave = UUID.randomUUID();
    private final String path = "/hook/" + UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
        receiver(204);
    }

    private void receiver(int status) {
        peers().register(post(urlPathEqualTo(path)).willReturn(aResponse().withStatus(status)));
    }

    private ValidatableResponse create(UUID user, String events) {
        return as(user).body("{\"url\": \"%s%s\"%s}".formatted(Peers.url(), path, events))
                .post("/api/webhooks")
                .then();
    }

    private ValidatableResponse createWith(UUID key, String events) {
        return as(carol)
                .header("Idempotency-Key", key.toString())
                .body("{\"url\": \"%s%s\"%s}".formatted(Peers.url(), path, events))
                .post("/api/webhooks")
                .then();
    }

    private static void vaultOpens(String secret) {
        Registry.answer(
                "/internal/decrypt",
                200,
                "{\"success\": true, \"data\": {\"plaintext\": \"%s\"}}"
                        .formatted(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
    }

    /** A webhook whose secret the scripted vault gives back. */
    private String webhook(String events) {
        var made = create(carol, events).statusCode(201).extract().jsonPath();
        secrets = made.getString("data.secret");
        vaultOpens(secrets);
        return made.getString("data.id");
    }

    private String secrets = "";

    private List<LoggedRequest> received() {
        return peers().find(postRequestedFor(urlPathEqualTo(path)));
    }

    private List<LoggedRequest> await(int deliveries) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> received().size() >= deliveries);
        return received();
    }

    private ValidatableResponse deliveries(String id) {
        return as(carol).get("/api/webhooks/{id}/deliveries", id).then().statusCode(200);
    }

    @Nested
    class Made {

        @Test
        void showsItsSecretOnceAndSealsIt() throws Exception {
            String id = create(carol, ", \"events\": [\"connection.expired\", \"connection.invalid\"]")
                    .statusCode(201)
                    .body("data.secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}="))
                    .body("data.events", equalTo(List.of("connection.expired", "connection.invalid")))
                    .extract()
                    .path("data.id");

            as(carol).get("/api/webhooks/{id}", id).then().statusCode(200).body("data", not(hasKey("secret")));
            as(carol).get("/api/webhooks").then().body("data", hasSize(1));
            assertThat(sql("select w::text from registry.webhooks w where id = '" + id + "'"))
                    .doesNotContain("whsec");
            peers().verifyThat(postRequestedFor(urlPathEqualTo("/internal/encrypt"))
                    .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath(
                            "$.purpose", com.github.tomakehurst.wiremock.client.WireMock.equalTo("webhook-secret"))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"url\": \"http://169.254.169.254/latest\"}",
                    "{\"url\": \"ftp://example.org\"}",
                    "{\"url\": \"https://10.0.0.1/x\"}",
                    "{\"url\": \"https://user:pw@example.org\"}",
                    "{}"
                })
        void refusesAnAddressThatMayNotBeCalled(String body) {
            as(carol).body(body).post("/api/webhooks").then().statusCode(400).body("violations.field", hasItem("url"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "[\"used\"]", "[\"connection.used\"]", "\"connection.expired\"", "[7]"})
        void refusesEventsThatAreNotSent(String events) {
            create(carol, ", \"events\": " + events).statusCode(400);
        }

        @Test
        void isAnotherUsersSecretToEverybodyElse() {
            String id = webhook("");

            as(dave).get("/api/webhooks/{id}", id).then().statusCode(404).body("code", equalTo("webhook-not-found"));
            as(dave).get("/api/webhooks/{id}/deliveries", id).then().statusCode(404);
            as(dave).delete("/api/webhooks/{id}", id).then().statusCode(404);
            as(dave).get("/api/webhooks/{id}", "nonsense").then().statusCode(404);
        }

        @Test
        void isOneOfTwentyAtMost() {
            for (int i = 0; i < 20; i++) {
                create(carol, "").statusCode(201);
            }
            create(carol, "").statusCode(409).body("code", equalTo("webhook-limit-reached"));
        }
    }

    @Nested
    class MadeWithAnIdempotencyKey {

        private final UUID key = UUID.randomUUID();

        @Test
        void isOneOfARequestThatComesTwiceAndTellsItsSecretAgain() {
            var first = createWith(key, "")
                    .statusCode(201)
                    .header("Idempotency-Replayed", nullValue())
                    .extract()
                    .jsonPath();
            vaultOpens(first.getString("data.secret"));

            createWith(key, "")
                    .statusCode(201)
                    .header("Idempotency-Replayed", equalTo("true"))
                    .header("Location", equalTo("/api/webhooks/" + first.getString("data.id")))
                    .body("data.id", equalTo(first.getString("data.id")))
                    .body("data.secret", equalTo(first.getString("data.secret")));
            as(carol).get("/api/webhooks").then().body("data", hasSize(1));
        }

        @Test
        void isOneOfManyRequestsAtTheSameTime() {
            vaultOpens("whsec_scripted");

            var ids = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> createWith(key, "").statusCode(201).extract().<String>path("data.id")))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(ids).hasSize(8).containsOnly(ids.getFirst());
            as(carol).get("/api/webhooks").then().body("data", hasSize(1));
        }

        @Test
        void takesTheKeyForNoOtherRequest() {
            createWith(key, "").statusCode(201);

            createWith(key, ", \"events\": [\"connection.expired\"]")
                    .statusCode(422)
                    .body("code", equalTo("idempotency-key-reused"));
        }

        @Test
        void isNotMadeAgainWhenItIsDeleted() {
            String id = createWith(key, "").statusCode(201).extract().path("data.id");
            as(carol).delete("/api/webhooks/{id}", id).then().statusCode(200);

            createWith(key, "").statusCode(409).body("code", equalTo("idempotency-key-spent"));
        }

        @Test
        void saysSoWhileItsSecretCannotBeOpened() {
            createWith(key, "").statusCode(201);
            Registry.answer("/internal/decrypt", 503, "{}");

            createWith(key, "").statusCode(503).body("code", equalTo("vault-unavailable"));
        }
    }

    @Nested
    class Delivered {

        @Test
        void isSignedSoThatTheReceiverCanCheckIt() throws Exception {
            webhook("");
            String connection = stored(carol, "openai");

            LoggedRequest request = await(1).getFirst();

            String signed = request.getHeader("webhook-id") + "." + request.getHeader("webhook-timestamp") + "."
                    + request.getBodyAsString();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secrets.substring("whsec_".length())), "HmacSHA256"));
            assertThat(request.getHeader("webhook-signature"))
                    .isEqualTo("v1,"
                            + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
            assertThat(request.getBodyAsString())
                    .contains("\"type\": \"connection.created\"", connection, "\"name\": \"My openai\"")
                    .doesNotContain("canary");
        }

        @Test
        void isWhatWasAskedForAndNoMore() {
            String id = webhook(", \"events\": [\"connection.deleted\"]");
            String connection = stored(carol, "openai");
            as(carol).delete("/api/connections/{id}", connection).then().statusCode(200);

            assertThat(await(1)).hasSize(1);
            Awaitility.await()
                    .untilAsserted(() -> deliveries(id)
                            .body("data", hasSize(1))
                            .body("data[0].type", equalTo("connection.deleted"))
                            .body("data[0].status", equalTo("delivered"))
                            .body("data[0].last_status", equalTo(204)));
        }

        @Test
        void isTriedAgainWithTheSameIdWhenTheReceiverFails() throws Exception {
            receiver(500);
            String id = webhook("");
            stored(carol, "openai");
            String first = await(1).getFirst().getHeader("webhook-id");
            Awaitility.await()
                    .untilAsserted(() -> deliveries(id)
                            .body("data[0].status", equalTo("pending"))
                            .body("data[0].attempts", equalTo(1))
                            .body("data[0].last_error", equalTo("the receiver answered 500")));
            receiver(200);
            update("update registry.webhook_deliveries set due_at = now() where webhook_id = '" + id + "'");

            assertThat(await(2).getLast().getHeader("webhook-id")).isEqualTo(first);
            Awaitility.await().untilAsserted(() -> deliveries(id).body("data[0].status", equalTo("delivered")));
        }

        @Test
        void isDeadAfterTheLastAttemptAndCanBeSentOnceMore() throws Exception {
            receiver(500);
            String id = webhook("");
            stored(carol, "openai");
            await(1);
            Awaitility.await().untilAsserted(() -> deliveries(id).body("data[0].attempts", equalTo(1)));
            update("update registry.webhook_deliveries set attempts = 9, due_at = now() where webhook_id = '" + id
                    + "'");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> deliveries(id).body("data[0].status", equalTo("dead")));
            receiver(200);
            String delivery = deliveries(id).extract().path("data[0].id");

            as(dave).post("/api/webhooks/{w}/deliveries/{d}/retry", id, delivery)
                    .then()
                    .statusCode(404);
            as(carol)
                    .post("/api/webhooks/{w}/deliveries/{d}/retry", id, delivery)
                    .then()
                    .statusCode(202);

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> deliveries(id).body("data[0].status", equalTo("delivered")));
        }

        @Test
        void stopsWhenTheReceiverIsGone() {
            receiver(410);
            String id = webhook("");
            stored(carol, "openai");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> deliveries(id).body("data[0].status", equalTo("dead")));
        }

        @Test
        void waitsWithoutCountingWhileTheVaultIsAway() throws Exception {
            String id = webhook("");
            Registry.answer("/internal/decrypt", 503, "{}");
            stored(carol, "openai");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> sql("select bool_and(due_at > created_at + interval '5 seconds') "
                                    + "from registry.webhook_deliveries where webhook_id = '" + id + "'")
                            .equals("t"));
            deliveries(id).body("data[0].status", equalTo("pending")).body("data[0].attempts", equalTo(0));
            assertThat(received()).isEmpty();
        }

        @Test
        void countsWhenTheSecretWillNeverOpenAgain() {
            String id = webhook("");
            Registry.answer("/internal/decrypt", 422, "{\"code\": \"decryption-failed\"}");
            stored(carol, "openai");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> deliveries(id)
                            .body("data[0].attempts", equalTo(1))
                            .body("data[0].last_error", containsString("make the webhook anew")));
        }

        @Test
        void holdsUpNobodyElseWhenAReceiverIsSlow() {
            peers().register(post(urlPathEqualTo(path))
                    .willReturn(aResponse().withStatus(204).withFixedDelay(3000)));
            for (int i = 0; i < 20; i++) {
                create(dave, "").statusCode(201);
            }
            webhook("");
            stored(dave, "openai");
            stored(dave, "github");
            String own = "/hook/" + UUID.randomUUID();
            peers().register(post(urlPathEqualTo(own)).willReturn(aResponse().withStatus(204)));
            as(carol)
                    .body("{\"url\": \"%s%s\"}".formatted(Peers.url(), own))
                    .post("/api/webhooks")
                    .then()
                    .statusCode(201);
            stored(carol, "openai");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() ->
                            !peers().find(postRequestedFor(urlPathEqualTo(own))).isEmpty());
        }

        @Test
        void followsNoRedirect() {
            peers().register(post(urlPathEqualTo(path))
                    .willReturn(aResponse().withStatus(307).withHeader("Location", Peers.url() + "/elsewhere")));
            String id = webhook("");
            stored(carol, "openai");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> deliveries(id)
                            .body("data[0].attempts", equalTo(1))
                            .body("data[0].last_status", equalTo(307)));
            assertThat(peers().find(postRequestedFor(urlPathEqualTo("/elsewhere"))))
                    .isEmpty();
        }

        @Test
        void goesWithItsWebhook() throws Exception {
            receiver(500);
            String id = webhook("");
            stored(carol, "openai");
            await(1);

            as(carol).delete("/api/webhooks/{id}", id).then().statusCode(200);

            assertThat(sql("select count(*) from registry.webhook_deliveries where webhook_id = '" + id + "'"))
                    .isEqualTo("0");
        }
    }
}
