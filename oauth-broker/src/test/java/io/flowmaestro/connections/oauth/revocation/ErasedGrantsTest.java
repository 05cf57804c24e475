package io.flowmaestro.connections.oauth.revocation;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.testing.Calls.registry;
import static io.flowmaestro.connections.oauth.testing.Calls.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ErasedGrantsTest extends ComponentTest {

    private static final String REVOKE = "/acme/revoke";
    private static final String PATH = "/internal/users/{user}/revocations";

    @Inject
    RevocationWork work;

    @BeforeEach
    void aProviderThatRevokes() {
        offered(false);
        Suite.peers().register(post(REVOKE).willReturn(Suite.json(200, "")));
    }

    private static void offered(boolean endsGrant) {
        Suite.catalogued("acme", """
                {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/acme/token",
                 "revoke":{"method":"POST","url":"%1$s/acme/revoke","auth":"body","ends_grant":%2$s}}}""".formatted(Peers.url(), endsGrant));
    }

    private static StoredCredential holding(String refreshToken) {
        return holding(refreshToken, "acme");
    }

    private static StoredCredential holding(String refreshToken, String provider) {
        Instant now = Instant.now();
        return StoredCredential.of(
                "oauth2",
                provider,
                StoredCredential.tokens("at-" + refreshToken, refreshToken, now, now.plusSeconds(3600)));
    }

    private static String body(StoredCredential... connections) {
        return Arrays.stream(connections)
                .map(connection -> "{\"id\":\"%s\",\"provider\":\"%s\",\"envelope\":%s}"
                        .formatted(connection.id(), connection.provider(), Suite.envelope(connection.data())))
                .collect(Collectors.joining(",", "{\"connections\":[", "]}"));
    }

    private static ValidatableResponse revoke(StoredCredential... connections) {
        return registry()
                .contentType(ContentType.JSON)
                .body(body(connections))
                .post(PATH, Suite.ALICE)
                .then();
    }

    @Test
    void areEndedAtTheirProviderAtOnceAndByName() {
        var one = holding("rt-1");
        var other = holding("rt-2");

        revoke(one, other)
                .statusCode(200)
                .body(
                        "data.connections.id",
                        containsInAnyOrder(one.id().toString(), other.id().toString()))
                .body("data.connections.outcome", equalTo(List.of("revoked", "revoked")));

        assertThat(Suite.requests(RequestMethod.POST, REVOKE))
                .extracting(request -> request.getBodyAsString())
                .anyMatch(sent -> sent.contains("rt-1"))
                .anyMatch(sent -> sent.contains("rt-2"))
                .hasSize(2);
    }

    /** Elsewhere such a provider is left alone while the user has other connections to it; here they go as well. */
    @Test
    void areEndedAlsoWhereThatEndsTheUsersOtherConnectionsToTheProvider() {
        offered(true);

        revoke(holding("rt-1"), holding("rt-2"))
                .statusCode(200)
                .body("data.connections.outcome", equalTo(List.of("revoked", "revoked")));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void areLeftWhereTheProviderDoesNotListenAndHoldUpNoOther(int status) {
        Suite.peers().register(post(REVOKE).withRequestBody(containing("rt-1")).willReturn(Suite.json(status, "")));
        var left = holding("rt-1");
        var ended = holding("rt-2");

        revoke(left, ended)
                .statusCode(200)
                .body("data.connections.find { it.id == '%s' }.outcome".formatted(left.id()), equalTo("unreached"))
                .body("data.connections.find { it.id == '%s' }.outcome".formatted(ended.id()), equalTo("revoked"));
    }

    @Test
    void areNotWaitedForWhereAProviderTakesItsTime() {
        Suite.peers()
                .register(post(REVOKE)
                        .withRequestBody(containing("rt-1"))
                        .willReturn(Suite.json(200, "").withFixedDelay(1500)));
        var impatient = new ErasedGrants(work, Clock.systemUTC(), Duration.ofMillis(600));

        var ended = impatient
                .revoke(Suite.ALICE, List.of(grant(holding("rt-1")), grant(holding("rt-2"))))
                .await()
                .atMost(Duration.ofMillis(1400));

        assertThat(ended).extracting(ErasedGrants.Ended::outcome).containsExactlyInAnyOrder("unreached", "revoked");
    }

    private static ErasedGrantsRequest.Grant grant(StoredCredential stored) {
        try {
            return new ErasedGrantsRequest.Grant(
                    stored.id(), stored.provider(), new JsonMapper().readTree(Suite.envelope(stored.data())));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void areToldApartByWhatTheProviderSays() {
        Suite.peers()
                .register(post(REVOKE)
                        .withRequestBody(containing("rt-1"))
                        .willReturn(Suite.json(400, "{\"error\":\"invalid_client\"}")));
        Suite.catalogued("bare", """
                {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/acme/token"}}""".formatted(Peers.url()));

        revoke(holding("rt-1"), holding("rt-3", "bare"))
                .statusCode(200)
                .body("data.connections.outcome", containsInAnyOrder("refused", "not_offered"));
    }

    @Test
    void areToBeAskedForAgainWhileTheVaultIsAwayThoughEveryOtherIsEnded() {
        var shut = holding("rt-shut");
        Suite.peers()
                .register(post("/internal/decrypt")
                        .withRequestBody(containing(shut.id().toString()))
                        .willReturn(Suite.json(503, "{}")));

        revoke(shut, holding("rt-1"), holding("rt-2"), holding("rt-3"), holding("rt-4"), holding("rt-5"))
                .statusCode(503)
                .header("Retry-After", "5")
                .body("code", equalTo("vault-unavailable"));

        assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(5);
    }

    @Test
    void areToBeAskedForAgainWhileTheRegistryDoesNotTellTheirProvider() {
        Suite.peers().register(get("/internal/providers/untold").willReturn(Suite.json(503, "{}")));

        revoke(holding("rt-1", "untold")).statusCode(503).body("code", equalTo("registry-unavailable"));
    }

    @Test
    void areRefusedWhereTheVaultDoesNotOpenThem() {
        Suite.peers().register(post("/internal/decrypt").willReturn(Suite.json(422, "{}")));

        revoke(holding("rt-1")).statusCode(200).body("data.connections[0].outcome", equalTo("refused"));

        assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
    }

    @Nested
    class AtOnce {
        private static final int SLOW = 1500;

        @BeforeEach
        void aProviderThatTakesItsTime() {
            Suite.peers().register(post(REVOKE).willReturn(Suite.json(200, "").withFixedDelay(SLOW)));
        }

        private static StoredCredential signedIn() {
            return StoredCredential.of("mcp", "mcp", """
                    {"server_url":"%1$s/mcp","auth_type":"oauth2","access_token":"mcp-at","refresh_token":"mcp-rt","authorization":{
                     "server_url":"%1$s/mcp","resource":"%1$s/mcp","issuer":"%1$s/as","authorization_endpoint":"%1$s/as/a",
                     "token_endpoint":"%1$s/as/t","revocation_endpoint":"%1$s/acme/revoke","kept":{},
                     "client":{"kind":"registered","id":"mcp-client","secret":"mcp-secret","auth_method":"client_secret_post"}}}""".formatted(Peers.url()));
        }

        private void endedInVain(Supplier<StoredCredential> each) {
            var impatient = new ErasedGrants(work, Clock.systemUTC(), Duration.ofMillis(800));
            var five =
                    Stream.generate(each).limit(5).map(ErasedGrantsTest::grant).toList();

            var ended = impatient.revoke(Suite.ALICE, five).await().atMost(Duration.ofSeconds(5));

            assertThat(ended).extracting(ErasedGrants.Ended::outcome).hasSize(5).containsOnly("unreached");
        }

        @Test
        void areFourOfOneProviderAndNoneIsBegunWhenTheTimeIsOver() {
            endedInVain(() -> holding("rt-1"));

            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(4);
        }

        @Test
        void areAllOfMcpServersWhichHaveOnlyTheLabelInCommon() {
            endedInVain(AtOnce::signedIn);

            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).hasSize(5);
        }
    }

    @Test
    void areLeftWhereTheConnectionToTheProviderBreaks() {
        Suite.peers().register(post(REVOKE).willReturn(Suite.json(200, "").withFault(Fault.CONNECTION_RESET_BY_PEER)));

        revoke(holding("rt-1")).statusCode(200).body("data.connections[0].outcome", equalTo("unreached"));
    }

    @Nested
    class Requests {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"connections\":[]}",
                    "{\"connections\":[null]}",
                    "{\"connections\":[{\"provider\":\"acme\",\"envelope\":{}}]}",
                    "{\"connections\":[{\"id\":\"0190a1ce-0000-7000-8000-00000000a11c\",\"envelope\":{}}]}",
                    "{\"connections\":[{\"id\":\"0190a1ce-0000-7000-8000-00000000a11c\",\"provider\":\"acme\",\"envelope\":\"x\"}]}",
                })
        void thatLackSomethingAreRefused(String body) {
            registry()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(PATH, Suite.ALICE)
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("connections"));
        }

        @Test
        void ofMoreThanTwentyAreRefused() {
            var many = IntStream.range(0, 21).mapToObj(i -> holding("rt-" + i)).toArray(StoredCredential[]::new);

            revoke(many).statusCode(400);
            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
        }

        @Test
        void nameTheUserTwiceAndComeFromTheRegistry() {
            String body = body(holding("rt-1"));
            registry()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(PATH, UUID.randomUUID())
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("parameter-invalid"));
            service("mcp-gateway")
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(PATH, Suite.ALICE)
                    .then()
                    .statusCode(403);
            given().auth()
                    .oauth2(Tokens.admin())
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post(PATH, Suite.ALICE)
                    .then()
                    .statusCode(403);

            assertThat(Suite.requests(RequestMethod.POST, REVOKE)).isEmpty();
        }
    }
}
