package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of tokens that no connection will have. */
@QuarkusTest
class UnstoredTokensTest extends ComponentTest {

    private static final String REVOKE = "/acme/revoke";

    private final Browser browser = new Browser();

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void grantsAndRevokes() {
        Callbacks.accept();
        revocation(false);
        Suite.peers().register(post(REVOKE).willReturn(Suite.json(200, "")));
    }

    private static void revocation(boolean endsGrant) {
        Suite.provider(
                "acme",
                ",\"revoke\":{\"method\":\"POST\",\"url\":\"%s/acme/revoke\",\"auth\":\"body\",\"ends_grant\":%s}"
                        .formatted(Peers.url(), endsGrant));
    }

    private Response connect() {
        var flow = browser.begin(Suite.ALICE, "acme");
        return browser.callback("acme", Map.of("state", flow.state(), "code", "c"));
    }

    private Response reconnect(StoredCredential stored) {
        var begun = browser.authorize(
                Suite.ALICE, "acme", Map.of("connection_id", stored.id().toString()));
        begun.then().statusCode(200);
        browser.cookie = begun.cookie(Browser.COOKIE);
        String state = Browser.query(begun.path("data.auth_url")).get("state");
        return browser.callback("acme", Map.of("state", state, "code", "c"));
    }

    private static StoredCredential holding(String accessToken, String refreshToken) {
        Instant now = Instant.now();
        return StoredCredential.oauth(accessToken, refreshToken, now, now.plusSeconds(3600))
                .store();
    }

    private double counted(String outcome) {
        return metrics.counter("connections.oauth.unstored.grants", "outcome", outcome)
                .count();
    }

    private static void assertRevoked() {
        assertThat(Suite.requests(RequestMethod.POST, REVOKE))
                .singleElement()
                .satisfies(request -> assertThat(request.getBodyAsString()).contains("secret-rt"));
    }

    private static void assertStartAgain(Response page, String code) {
        Callbacks.refused(page, code, 1);
        assertThat(Callbacks.payload(page).path("message").path("message").asText())
                .contains("start the connection again");
        assertThat(page.asString()).doesNotContain("secret-at", "secret-rt");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void areRevokedWhereTheRegistryRefusesThem(int status) {
        Suite.peers().register(post(Callbacks.CREATE).willReturn(Suite.json(status, "{}")));
        double before = counted("revoked");
        assertStartAgain(connect(), "grant-not-stored");
        assertRevoked();
        assertThat(Suite.requests(RequestMethod.POST, Callbacks.CREATE)).hasSize(1);
        assertThat(counted("revoked")).isEqualTo(before + 1);
        assertThat(PendingGrantTest.pending()).isZero();
    }

    @Test
    void areRevokedWhereTheVaultIsAway() {
        Suite.peers().register(post("/internal/encrypt").willReturn(Suite.json(503, "{}")));
        assertStartAgain(connect(), "vault-unavailable");
        assertRevoked();
        assertThat(Suite.requests(RequestMethod.POST, Callbacks.CREATE)).isEmpty();
    }

    @Test
    void areRevokedWhereNothingCanBeWrittenDownAndTheRegistryIsNotAsked() {
        Suite.sql("revoke insert on oauth.pending_grants from oauth_app");
        try {
            Callbacks.refused(connect(), "internal-error", 1);
        } finally {
            Suite.sql("grant insert on oauth.pending_grants to oauth_app");
        }
        assertRevoked();
        assertThat(Suite.requests(RequestMethod.POST, Callbacks.CREATE)).isEmpty();
    }

    @Test
    void areLeftAloneAtAProviderThatWouldEndTheUsersOtherConnections() {
        revocation(true);
        Suite.peers().register(post(Callbacks.CREATE).willReturn(Suite.json(422, "{}")));
        double before = counted("left");
        assertStartAgain(connect(), "grant-not-stored");
        assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
        assertThat(counted("left")).isEqualTo(before + 1);
    }

    @Test
    void areRevokedLaterWhereTheProviderIsAwayToo() {
        Suite.peers().register(post(Callbacks.CREATE).willReturn(Suite.json(422, "{}")));
        Suite.peers().register(post(REVOKE).willReturn(Suite.json(500, "")));
        double before = counted("unavailable");
        assertStartAgain(connect(), "grant-not-stored");
        assertThat(counted("unavailable")).isEqualTo(before + 1);
        assertThat(PendingGrantTest.pending()).isEqualTo(1);

        Suite.peers().register(post(REVOKE).willReturn(Suite.json(200, "")));
        Suite.peers().resetRequests();
        PendingGrantTest.settled();
        assertRevoked();
        assertThat(Suite.requests(RequestMethod.POST, Callbacks.CREATE)).isEmpty();
    }

    @Test
    void ofAReconnectAreRevokedAndTheConnectionKeepsWhatItHas() {
        var stored = holding("old-at", "old-rt");
        Suite.peers()
                .register(put("/internal/connections/" + stored.id() + "/grant").willReturn(Suite.json(422, "{}")));
        assertStartAgain(reconnect(stored), "grant-not-stored");
        assertRevoked();
    }

    @Test
    void areLeftAloneWhereTheConnectionHoldsThem() {
        var stored = holding("secret-at", "secret-rt");
        Suite.peers()
                .register(put("/internal/connections/" + stored.id() + "/grant").willReturn(Suite.json(422, "{}")));
        assertStartAgain(reconnect(stored), "grant-not-stored");
        assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
    }

    @Test
    void areLeftAloneWhereNobodyCanSayWhetherTheConnectionHoldsThem() {
        var stored = holding("old-at", "old-rt");
        var begun = browser.authorize(
                Suite.ALICE, "acme", Map.of("connection_id", stored.id().toString()));
        browser.cookie = begun.cookie(Browser.COOKIE);
        String state = Browser.query(begun.path("data.auth_url")).get("state");
        Suite.peers().register(post("/internal/encrypt").willReturn(Suite.json(503, "{}")));
        Suite.peers().register(any(urlPathMatching("/internal/connections/.*")).willReturn(Suite.json(503, "{}")));
        assertStartAgain(browser.callback("acme", Map.of("state", state, "code", "c")), "vault-unavailable");
        assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
    }
}
