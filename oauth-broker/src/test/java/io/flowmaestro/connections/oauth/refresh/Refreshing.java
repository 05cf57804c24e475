package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.UUID;

/** What tests of refreshing have in common. */
final class Refreshing {

    static final String ROTATED =
            "{\"access_token\":\"new-at\",\"refresh_token\":\"new-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
    static final Upstream ACME = new Upstream("acme", "127.0.0.1");
    static final String RACE = "race";
    static final String MOVED = "moved";
    static final String INVALID_GRANT = "{\"error\":\"invalid_grant\"}";

    private Refreshing() {}

    static StoredCredential expired() {
        Instant now = Instant.now();
        return StoredCredential.oauth("old-at", "old-rt", now.minusSeconds(3700), now.minusSeconds(100));
    }

    static Response use(StoredCredential stored) {
        return given().auth()
                .oauth2(Tokens.worker())
                .contentType(ContentType.JSON)
                .header("X-On-Behalf-Of", Suite.ALICE.toString())
                .post("/api/credentials/{id}", stored.id());
    }

    static void publishing(StoredCredential stored, long generation) {
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(
                                200, "{\"success\":true,\"data\":{\"credential_generation\":" + generation + "}}")));
    }

    static void publishingFails(StoredCredential stored, int status) {
        Suite.peers().register(put(stored.path()).willReturn(Suite.json(status, "{}")));
    }

    static void marking(StoredCredential stored) {
        Suite.peers().register(put(stored.statusPath()).willReturn(Suite.json(200, "{\"success\":true,\"data\":{}}")));
    }

    static long attempts(StoredCredential stored, String state) {
        return Suite.count("select count(*) from oauth.refresh_attempts where connection_id = '" + stored.id()
                + "' and state = '" + state + "'");
    }

    /** Within the margin, and good for a while. */
    static StoredCredential due() {
        return StoredCredential.oauth(
                "old-at",
                "old-rt",
                Instant.now().minusSeconds(3400),
                Instant.now().plusSeconds(200));
    }

    static StoredCredential lasting() {
        return StoredCredential.oauth(
                "old-at",
                "old-rt",
                Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(3600));
    }

    static StoredCredential newer(StoredCredential stored) {
        return stored.at(
                2,
                StoredCredential.tokens(
                        "winners-at", "winners-rt", Instant.now(), Instant.now().plusSeconds(3600)));
    }

    /** The registry at generation 1 until {@code moves} happens, then at 2 with somebody else's tokens. */
    static StoredCredential moving(StoredCredential stored) {
        newer(stored).storeIn(RACE, MOVED);
        return stored.storeIn(RACE, Scenario.STARTED);
    }

    static void publishing(StoredCredential stored) {
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
    }

    static Response force(StoredCredential stored) {
        return given().auth().oauth2(Tokens.user(Suite.ALICE)).post("/api/oauth/acme/refresh/{id}", stored.id());
    }

    static JsonNode published(StoredCredential stored) {
        var writes = Suite.requests(RequestMethod.PUT, stored.path());
        assertThat(writes).hasSize(1);
        return json(writes.getFirst().getBodyAsString());
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    static void leased(StoredCredential stored, String deadline) {
        Suite.sql("insert into oauth.refresh_leases values ('%s', '%s', '%s', 1, clock_timestamp() + interval '%s')"
                .formatted(stored.id(), Suite.ALICE, UUID.randomUUID(), deadline));
    }

    static void published(StoredCredential stored, long generation) {
        Suite.sql(
                "insert into oauth.refresh_attempts (id, connection_id, user_id, provider, generation, owner, state, deadline)"
                        + " values (gen_random_uuid(), '%s', '%s', 'acme', %d, gen_random_uuid(), 'published', now())"
                                .formatted(stored.id(), Suite.ALICE, generation));
    }

    static long heldLeases(StoredCredential stored) {
        return Suite.count(
                "select count(*) from oauth.refresh_leases where deadline > clock_timestamp() and connection_id = '"
                        + stored.id() + "'");
    }

    static long leases(StoredCredential stored) {
        return Suite.count("select count(*) from oauth.refresh_leases where connection_id = '" + stored.id() + "'");
    }
}
