package io.flowmaestro.connections.registry.health;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class HealthTest {

    private final UUID carol = UUID.randomUUID();

    @BeforeEach
    void peersWork() throws Exception {
        Registry.peersThatWork();
        Registry.provider("watched", """
                key: watched
                name: Watched
                category: developer
                methods:
                  api_key:
                    base: %s/watched
                    header: {Authorization: "Bearer {key}"}
                    verify: {method: GET, path: /me, expect: 200}
                """.formatted(Peers.url()));
        peers().register(
                        post(urlPathMatching("/internal/connections/.+/credential-for-test"))
                                .willReturn(
                                        aResponse()
                                                .withHeader("Content-Type", "application/json")
                                                .withBody(
                                                        "{\"success\": true, \"data\": {\"api_key\": \"sk-canary-1\", \"credential_version\": 1}}")));
    }

    private static void provider(int status) {
        peers().register(get(urlPathEqualTo("/watched/me"))
                .willReturn(aResponse().withStatus(status).withBody("{}")));
    }

    private static void due(String id) throws Exception {
        update("update registry.connections set test_due_at = now() - interval '1 second' where id = '" + id + "'");
    }

    private String oauth(String more) {
        return as(carol)
                .body("""
                        {"name": "GH", "connection_method": "oauth2", "provider": "github",
                         "data": {"access_token": "t" %s}}""".formatted(more))
                .post("/api/connections")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    @Test
    void testsWhatIsDueAndSetsTheNextDay() throws Exception {
        provider(401);
        String id = stored(carol, "watched");
        due(id);

        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() ->
                        as(carol).get("/api/connections/{id}", id).then().body("data.status", equalTo("invalid")));
        assertThat(sql("select test_due_at between now() + interval '21 hours' and now() + interval '27 hours' "
                        + "from registry.connections where id = '" + id + "'"))
                .isEqualTo("t");
        as(carol)
                .get("/api/connections/{id}/events", id)
                .then()
                .body("data[0].type", equalTo("invalid"))
                .body("data[0].actor", equalTo("connection-registry"));
    }

    @Test
    void putsOffAProviderThatIsDown() throws Exception {
        provider(503);
        String id = stored(carol, "watched");
        due(id);

        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> as(carol)
                        .get("/api/connections/{id}", id)
                        .then()
                        .body("data.last_test.outcome", equalTo("inconclusive")));
        as(carol).get("/api/connections/{id}", id).then().body("data.status", equalTo("active"));
        assertThat(sql("select test_due_at < now() + interval '20 minutes' and test_silences = 1 "
                        + "from registry.connections where id = '" + id + "'"))
                .isEqualTo("t");
    }

    @Test
    void tellsAheadOfATokenThatEndsAndCannotBeRefreshed() throws Exception {
        String soon = oauth(", \"expires_at\": " + (System.currentTimeMillis() + 3_600_000));
        String refreshable =
                oauth(", \"refresh_token\": \"r\", \"expires_at\": " + (System.currentTimeMillis() + 3_600_000));

        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> as(carol)
                        .get("/api/connections/{id}/events", soon)
                        .then()
                        .body("data.type", equalTo(List.of("expiring", "created"))));
        as(carol)
                .get("/api/connections/{id}/events", refreshable)
                .then()
                .body("data.type", equalTo(List.of("created")));
        as(carol)
                .get("/api/connections/health")
                .then()
                .body("data.expiring", equalTo(1))
                .body("data.attention", hasSize(1))
                .body("data.attention[0].id", equalTo(soon));
    }

    @Test
    void endsATokenWhoseTimeHasCome() throws Exception {
        String id = oauth(", \"expires_at\": 1000");

        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> as(carol)
                        .get("/api/connections/{id}", id)
                        .then()
                        .body("data.status", equalTo("expired"))
                        .body("data.status_reason", containsString("Reconnect")));
    }

    @Test
    void sumsUpAUsersConnections() throws Exception {
        stored(carol, "openai");
        String bad = stored(carol, "watched");
        update("update registry.connections set status = 'invalid', status_reason = 'no', last_tested_at = now() "
                + "where id = '" + bad + "'");

        as(carol)
                .get("/api/connections/health")
                .then()
                .statusCode(200)
                .body("data.total", equalTo(2))
                .body("data.healthy", equalTo(1))
                .body("data.failing", equalTo(1))
                .body("data.untested", equalTo(1))
                .body("data.tested_last_24_hours", equalTo(1))
                .body("data.oldest_test", notNullValue())
                .body("data.attention[0].status_reason", equalTo("no"));
    }

    @Test
    void givesOperatorsNumbersOfAll() {
        stored(carol, "watched");

        given().auth()
                .oauth2(Tokens.admin())
                .get("/api/connections/health/overall")
                .then()
                .statusCode(200)
                .body("data.by_provider.watched.active", greaterThanOrEqualTo(1));
        as(carol).get("/api/connections/health/overall").then().statusCode(403);
    }
}
