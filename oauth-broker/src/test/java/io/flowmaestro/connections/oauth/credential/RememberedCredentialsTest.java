package io.flowmaestro.connections.oauth.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.changes.ConnectionChanges;
import io.flowmaestro.connections.oauth.testing.Calls;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RememberedCredentialsTest extends ComponentTest {

    /** In which a change has to be heard of everywhere. */
    private static final Duration A_CHANGE = Duration.ofSeconds(1);

    @Inject
    ConnectionChanges changes;

    @BeforeEach
    void hear() {
        await().atMost(Duration.ofSeconds(10)).until(changes::isHearing);
    }

    private static StoredCredential key(String value) {
        return StoredCredential.of("api_key", "acme", "{\"api_key\":\"" + value + "\"}");
    }

    private static Response use(StoredCredential stored) {
        return Calls.worker().post("/api/credentials/{id}", stored.id());
    }

    private static int reads(StoredCredential stored) {
        return Suite.requests(RequestMethod.GET, stored.path()).size();
    }

    private static void changed(StoredCredential stored) {
        Suite.sql("notify registry_connections, '" + stored.id() + "'");
    }

    @Test
    void areHandedOutWithoutAskingAnybody() {
        var stored = key("k1").store();
        for (int i = 0; i < 5; i++) {
            use(stored).then().statusCode(200).body("data.api_key", equalTo("k1"));
        }
        assertThat(reads(stored)).isEqualTo(1);
        assertThat(Suite.requests(RequestMethod.POST, "/internal/decrypt")).hasSize(1);
    }

    @Test
    void areEachReportedAsUse() {
        var stored = key("k1").store();
        for (int i = 0; i < 3; i++) {
            use(stored).then().statusCode(200);
        }
        await().untilAsserted(() -> assertThat(UsageLogTest.usesOf(stored)).isEqualTo(3));
    }

    @Test
    void areForgottenWithinASecondOfAChange() {
        var stored = key("k1").store();
        use(stored).then().statusCode(200);
        stored.at(2, "{\"api_key\":\"k2\"}").store();
        changed(stored);
        await().atMost(A_CHANGE).untilAsserted(() -> use(stored).then().body("data.api_key", equalTo("k2")));
    }

    @Test
    void ofARevokedConnectionAreHandedOutNoMore() {
        var stored = key("k1").store();
        use(stored).then().statusCode(200);
        stored.withStatus("revoked").store();
        changed(stored);
        await().atMost(A_CHANGE)
                .untilAsserted(() -> use(stored).then().statusCode(409).body("code", equalTo("connection-not-active")));
    }

    @Test
    void areNobodyElses() {
        var stored = key("k1").store();
        use(stored).then().statusCode(200);
        io.restassured.RestAssured.given()
                .auth()
                .oauth2(Tokens.worker())
                .header("X-On-Behalf-Of", Suite.BOB.toString())
                .post("/api/credentials/{id}", stored.id())
                .then()
                .statusCode(404);
        use(stored).then().statusCode(200);
        assertThat(reads(stored)).as("Alice's read and Bob's").isEqualTo(2);
    }

    @Test
    void thatAreDueAreReadAnew() {
        var now = Instant.now();
        var stored = StoredCredential.oauth("old-at", "old-rt", now.minusSeconds(3400), now.plusSeconds(200))
                .store();
        Suite.tokenAnswer(Suite.json(500, ""));
        use(stored).then().statusCode(200);
        use(stored).then().statusCode(200);
        assertThat(reads(stored)).isEqualTo(2);
    }

    @Test
    void thatAreDueAreServedWhileTheRegistryIsAwayForAsLongAsTheyLive() {
        var now = Instant.now();
        var stored = StoredCredential.oauth("old-at", "old-rt", now.minusSeconds(3400), now.plusSeconds(200))
                .store();
        Suite.tokenAnswer(Suite.json(500, ""));
        use(stored).then().statusCode(200);
        Suite.peers()
                .register(com.github.tomakehurst.wiremock.client.WireMock.get(stored.path())
                        .atPriority(1)
                        .willReturn(Suite.json(503, "{}")));
        use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
        changed(stored);
        await().atMost(A_CHANGE)
                .untilAsserted(() -> use(stored).then().statusCode(503).body("code", equalTo("registry-unavailable")));
    }

    @Test
    void areNotRememberedWhileChangesAreNotHeard() {
        Suite.sql("alter role oauth_app nologin");
        try {
            Suite.count("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where application_name = 'oauth-broker-changes'");
            await().atMost(Duration.ofSeconds(5)).until(() -> !changes.isHearing());
            var stored = key("k1").store();
            use(stored).then().statusCode(200);
            use(stored).then().statusCode(200);
            assertThat(reads(stored)).isEqualTo(2);
        } finally {
            Suite.sql("alter role oauth_app login");
        }
        await().atMost(Duration.ofSeconds(10)).until(changes::isHearing);
    }

    @Test
    void stillNeedTheScopesThatAreAskedFor() {
        var now = Instant.now();
        var stored =
                StoredCredential.oauth("at", "rt", now, now.plusSeconds(3600)).store();
        use(stored).then().statusCode(200);
        Calls.worker()
                .body("{\"scopes\":[\"more\"]}")
                .post("/api/credentials/{id}", stored.id())
                .then()
                .statusCode(403)
                .body("code", equalTo("insufficient-scope"));
        assertThat(reads(stored)).isEqualTo(1);
    }
}
