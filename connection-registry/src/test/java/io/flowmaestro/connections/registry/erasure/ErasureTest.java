package io.flowmaestro.connections.registry.erasure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.registry.event.Reports;
import io.flowmaestro.connections.registry.provider.ClientRecords;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class ErasureTest {

    private final UUID carol = UUID.randomUUID();
    private final UUID dave = UUID.randomUUID();

    @BeforeEach
    void peersErase() {
        Registry.peersThatWork();
        peer("/internal/users/" + carol, 200, "{\"success\": true, \"data\": {\"removed\": {\"flows\": 1}}}");
        peer("/internal/users/" + carol + "/keys", 200, "{\"success\": true, \"data\": {\"receipt\": \"r-1\"}}");
    }

    private static void peer(String path, int status, String body) {
        peers().register(delete(urlPathEqualTo(path))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json")
                        .withBody(body)));
    }

    private static ValidatableResponse erase(UUID user) {
        return given().auth()
                .oauth2(Tokens.admin())
                .delete("/api/users/{id}", user)
                .then();
    }

    private static ValidatableResponse state(UUID user) {
        return given().auth()
                .oauth2(Tokens.admin())
                .get("/api/users/{id}/erasure", user)
                .then();
    }

    private static String rows(UUID user) throws Exception {
        return sql("select (select count(*) from registry.connections where user_id = '%1$s')".formatted(user)
                + " + (select count(*) from registry.connection_events where user_id = '%1$s')".formatted(user)
                + " + (select count(*) from registry.connection_uses where user_id = '%1$s')".formatted(user)
                + " + (select count(*) from registry.webhooks where user_id = '%1$s')".formatted(user)
                + " + (select count(*) from registry.users where id = '%1$s')".formatted(user));
    }

    @Test
    void isNeverOfTheSuitesOwnKeys() {
        erase(ClientRecords.KEY_SCOPE)
                .statusCode(400)
                .body("code", equalTo("validation-failed"))
                .body("violations[0].message", containsString("the suite's own"));
        assertThat(peers().find(deleteRequestedFor(WireMock.anyUrl()))).isEmpty();
    }

    @Test
    void removesTheUsersRowsKeysAndSessionsAndGivesAReceipt() throws Exception {
        Reports.usedTwice(carol, stored(carol, "openai"));
        String daves = stored(dave, "openai");
        as(carol).get("/api/users/me").then().statusCode(200);

        erase(carol)
                .statusCode(200)
                .body("data.user_id", equalTo(carol.toString()))
                .body("data.finished_at", notNullValue())
                .body("data.steps.'connection-registry'.connections", equalTo(1))
                .body("data.steps.'connection-registry'.connection_uses", equalTo(2))
                .body("data.steps.'credential-vault'.receipt", equalTo("r-1"))
                .body("data.steps.'oauth-broker'.removed.flows", equalTo(1))
                .body("data.steps", hasKey("mcp-gateway"))
                .body("data.steps", hasKey("connection-registry-again"));

        assertThat(rows(carol)).isEqualTo("0");
        as(dave).get("/api/connections/{id}", daves).then().statusCode(200);
        peers().verifyThat(deleteRequestedFor(urlPathEqualTo("/internal/users/" + carol + "/keys"))
                .withHeader("X-On-Behalf-Of", WireMock.equalTo(carol.toString())));
    }

    /** Each of them is counted in the receipt, or is not recorded any more. */
    @Test
    void leavesNoUseThatIsReportedMeanwhile() throws Exception {
        String used = stored(carol, "openai");
        var over = new AtomicBoolean();
        var recorded = new AtomicInteger();
        List<CompletableFuture<Void>> reports;
        JsonPath receipt;
        try (var threads = Executors.newFixedThreadPool(4)) {
            reports = IntStream.range(0, 4)
                    .mapToObj(_ -> CompletableFuture.runAsync(
                            () -> Reports.usedUntil(over::get, carol, used, recorded), threads))
                    .toList();
            try {
                Awaitility.await().until(() -> recorded.get() >= 200);
                receipt = erase(carol).statusCode(200).extract().jsonPath();
                Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            } finally {
                over.set(true);
            }
        }
        reports.forEach(CompletableFuture::join);

        assertThat(rows(carol)).isEqualTo("0");
        assertThat(receipt.getInt("data.steps.'connection-registry'.connection_uses")
                        + receipt.getInt("data.steps.'connection-registry-again'.connection_uses"))
                .isEqualTo(recorded.get());
    }

    @Test
    void finishesByItselfWhenAPeerWasAway() throws Exception {
        stored(carol, "openai");
        peer("/internal/users/" + carol + "/keys", 503, "{}");

        erase(carol)
                .statusCode(202)
                .body("data.finished_at", nullValue())
                .body("data.last_error", equalTo("credential-vault did not erase; it is asked again"));
        assertThat(rows(carol)).isEqualTo("0");
        peer("/internal/users/" + carol + "/keys", 200, "{\"success\": true, \"data\": {\"receipt\": \"r-2\"}}");

        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> state(carol)
                        .statusCode(200)
                        .body("data.finished_at", notNullValue())
                        .body("data.steps.'credential-vault'.receipt", equalTo("r-2")));
    }

    @Test
    void goesOnAtOnceWhenWhoAskedForItHangsUp() throws Exception {
        stored(carol, "openai");
        peers().register(delete(urlPathEqualTo("/internal/users/" + carol + "/keys"))
                .willReturn(aResponse()
                        .withStatus(200)
                        .withHeader("Content-Type", "application/json")
                        .withBody("{\"success\": true, \"data\": {\"receipt\": \"r-3\"}}")
                        .withFixedDelay(4_500)));
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:%d/api/users/%s".formatted(RestAssured.port, carol)))
                .header("Authorization", "Bearer " + Tokens.admin())
                .timeout(Duration.ofSeconds(3))
                .DELETE()
                .build();

        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(HttpTimeoutException.class);
        }

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> sql("select finished_at from registry.erasures where user_id = '" + carol + "'") != null);
    }

    @Test
    void canBeAskedForAgain() {
        erase(carol).statusCode(200);
        stored(carol, "openai");

        erase(carol).statusCode(200).body("data.steps.'connection-registry'.connections", equalTo(1));
    }

    @Test
    void isForOperators() {
        as(carol).delete("/api/users/{id}", carol).then().statusCode(403);
        as(carol).get("/api/users/{id}/erasure", carol).then().statusCode(403);
    }

    @Test
    void saysThatNobodyAskedForIt() {
        state(UUID.randomUUID()).statusCode(404).body("code", equalTo("erasure-not-found"));
    }

    @Test
    void refusesAnIdThatIsNone() {
        given().auth()
                .oauth2(Tokens.admin())
                .delete("/api/users/everybody")
                .then()
                .statusCode(400);
    }
}
