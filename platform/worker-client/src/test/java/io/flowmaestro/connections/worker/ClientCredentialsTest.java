package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.StubServer.broken;
import static io.flowmaestro.connections.worker.StubServer.json;
import static io.flowmaestro.connections.worker.StubServer.problem;
import static io.flowmaestro.connections.worker.Suite.CONNECTION;
import static io.flowmaestro.connections.worker.Suite.CREDENTIAL;
import static io.flowmaestro.connections.worker.Suite.TOOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowmaestro.connections.worker.ClientCredentials.Client;
import io.flowmaestro.connections.worker.StubServer.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCredentialsTest {

    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String SECRET = "s3cr+t/";

    private final StubServer issuer = new StubServer();
    private final TestClock clock = new TestClock();
    private final ClientCredentials tokens = tokens(Duration.ofSeconds(10));

    @BeforeEach
    void discovered() {
        issuer.on(METADATA, metadata(issuer.url().toString(), "client_secret_basic"));
        issuer.on("/token", token("w-1"), token("w-2"), token("w-3"));
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    @Test
    void findsItsEndpointAndAsksOnce() {
        assertThat(tokens.token()).isEqualTo("w-1");
        assertThat(tokens.token()).isEqualTo("w-1");

        assertThat(issuer.received(METADATA)).hasSize(1);
        var request = issuer.received("/token").getFirst();
        assertThat(request.body())
                .isEqualTo("grant_type=client_credentials&resource=https%3A%2F%2Fconnections.example");
        String basic = Base64.getEncoder().encodeToString("worker:s3cr%2Bt%2F".getBytes(StandardCharsets.UTF_8));
        assertThat(request.header("Authorization")).isEqualTo("Basic " + basic);
    }

    @Test
    void sendsTheSecretInTheBodyWhereTheIssuerWantsIt() {
        issuer.on(METADATA, metadata(issuer.url().toString(), "client_secret_post"));

        tokens.token();

        assertThat(issuer.received("/token").getFirst().body()).contains("client_secret=s3cr%2Bt%2F");
    }

    @Test
    void renewsAMinuteBeforeTheEnd() {
        tokens.token();
        clock.pass(Duration.ofSeconds(539));
        assertThat(tokens.token()).isEqualTo("w-1");
        clock.pass(Duration.ofSeconds(1));

        assertThat(tokens.token()).isEqualTo("w-2");
    }

    @Test
    void goesOnWithALivingTokenWhileTheIssuerIsAway() {
        tokens.token();
        clock.pass(Duration.ofSeconds(550));
        issuer.on("/token", problem(503, "x", "60"));

        assertThat(tokens.token()).isEqualTo("w-1");
        assertThat(tokens.token()).isEqualTo("w-1");
        assertThat(issuer.received("/token")).as("not asked again at once").hasSize(2);
        clock.pass(Duration.ofSeconds(50));

        assertThatThrownBy(tokens::token).as("it has ended").isInstanceOf(ProblemException.class);
    }

    @Test
    void givesAnotherAfterARefusal() {
        String first = tokens.token();
        clock.pass(Duration.ofSeconds(6));
        tokens.refused(first);

        assertThat(tokens.token()).isEqualTo("w-2");
    }

    @Test
    void keepsATokenThatIsRefusedAsSoonAsItIsThere() {
        String first = tokens.token();
        tokens.refused(first);

        assertThat(tokens.token()).isEqualTo("w-1");
    }

    @Test
    void saysWhatToCheckWithoutASecret() {
        issuer.on("/token", json(401, "{\"error\": \"invalid_client\", \"error_description\": \"" + SECRET + "\"}"));

        assertThatThrownBy(tokens::token)
                .hasMessageContaining("gave no token to client \"worker\"")
                .hasMessageContaining("401 invalid_client")
                .hasMessageContaining("Check issuer, client id and secret")
                .hasMessageNotContaining(SECRET);
    }

    static Stream<Reply> passing() {
        return Stream.of(
                problem(429, "x", "0"),
                json(500, "{\"error\": \"server_error\"}"),
                json(502, "<html>gateway</html>"),
                problem(503, "x", ""),
                json(504, ""),
                broken());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void asksAgainAfterWhatPasses(Reply failure) {
        issuer.on(METADATA, failure, failure, metadata(issuer.url().toString(), "client_secret_basic"));
        issuer.on("/token", failure, failure, token("w-1"));

        assertThat(tokens.token()).isEqualTo("w-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {METADATA, "/token"})
    @Timeout(30)
    void asksAgainAfterABodyThatDoesNotEnd(String path) {
        Reply answer = METADATA.equals(path) ? metadata(issuer.url().toString(), "client_secret_basic") : token("w-1");
        issuer.on(path, StubServer.stalled(), answer);

        try (var impatient = tokens(Duration.ofMillis(500))) {
            assertThat(impatient.token()).isEqualTo("w-1");
        }

        assertThat(issuer.received(path)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/token, 500",
        "/token, 502",
        "/token, 503",
        "/token, 504",
        "/.well-known/openid-configuration, 500",
        "/.well-known/openid-configuration, 503"
    })
    void saysThatTheIdentityProviderFailedAndBlamesNoSetting(String path, int status) {
        issuer.on(path, json(status, "{\"error\": \"" + SECRET + "\"}"));

        var problem = catchThrowableOfType(ProblemException.class, tokens::token);

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.code()).isEqualTo("worker-token-unavailable");
        assertThat(problem.detail())
                .isEqualTo("The identity provider at " + issuer.url() + " failed: it answered " + status
                        + ". Client \"worker\" got no token; try again.");
        assertThat(issuer.received(path)).hasSize(3);
    }

    @Test
    void saysThatItIsAskedTooOften() {
        issuer.on("/token", problem(429, "x", "60"));

        var problem = catchThrowableOfType(ProblemException.class, tokens::token);

        assertThat(problem.code()).isEqualTo("worker-token-unavailable");
        assertThat(problem.detail())
                .endsWith(" gave no token to client \"worker\": it answered 429. Wait, and try again.");
        assertThat(problem.retryAfter()).contains(Duration.ofSeconds(60));
        assertThat(issuer.received("/token")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void blamesNoSettingForARefusalOfAnotherKind(int status) {
        issuer.on("/token", json(status, "{\"error\": \"access_denied\"}"));

        assertThatThrownBy(tokens::token)
                .hasMessageContaining("gave no token to client \"worker\": it answered " + status + " access_denied. ")
                .hasMessageEndingWith("Its log may say why.");
        assertThat(issuer.received("/token")).hasSize(1);
    }

    static Stream<Reply> failing() {
        return Stream.of(
                json(400, "{\"error\": \"invalid_scope\"}"),
                json(500, "{\"error\": \"server_error\"}"),
                json(502, "<html>gateway</html>"),
                problem(503, "x", ""),
                problem(503, "x", "60"),
                json(504, ""),
                broken());
    }

    @ParameterizedTest
    @MethodSource("failing")
    void letsACallSayThatNothingRanWhereThereIsNoTokenForIt(Reply failure) {
        try (var suite = new Suite(tokens)) {
            issuer.on("/token", failure);

            var exception = catchThrowableOfType(
                    ConnectionsException.class, () -> suite.alice().executeTool(CONNECTION, "echo", Map.of()));

            assertThat(exception.nothingRan()).as(exception.getMessage()).isTrue();
            assertThat(suite.server.received(TOOL)).isEmpty();
            assertThat(issuer.received("/token")).as("not three times three").hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void letsACallSayThatNothingRanWhereItsTokenWasRefusedAndThereIsNoOther() {
        try (var suite = new Suite(tokens)) {
            suite.server.on(TOOL, problem(401, "unauthorized", ""));
            issuer.on("/token", token("w-1"), json(500, ""));
            tokens.token();
            clock.pass(Duration.ofSeconds(6));

            var exception = catchThrowableOfType(
                    ConnectionsException.class, () -> suite.alice().executeTool(CONNECTION, "echo", Map.of()));

            assertThat(exception.nothingRan()).isTrue();
            assertThat(suite.server.received(TOOL)).hasSize(1);
        }
    }

    @Test
    void letsACallSayThatNothingRanWhereARefusalCannotBeToldToTheSupplier() {
        var supplier = new TokenSupplier() {
            @Override
            public String token() {
                return "w-1";
            }

            @Override
            public void refused(String token) {
                throw UnreachableException.interrupted();
            }
        };
        try (var suite = new Suite(supplier)) {
            suite.server.on(TOOL, problem(401, "unauthorized", ""));

            var exception = catchThrowableOfType(
                    UnreachableException.class, () -> suite.alice().executeTool(CONNECTION, "echo", Map.of()));

            assertThat(exception.nothingRan()).isTrue();
        }
    }

    @Test
    void isNotAskedThreeTimesThreeForACallThatMayBeRepeated() {
        try (var suite = new Suite(tokens)) {
            issuer.on("/token", problem(503, "x", ""));

            assertThatThrownBy(() -> suite.alice().getAccessToken(CONNECTION)).isInstanceOf(ProblemException.class);

            assertThat(issuer.received("/token")).hasSize(3);
        }
    }

    @Test
    void refusesMetadataOfAnotherIssuer() {
        issuer.on(METADATA, metadata("https://other.example", "client_secret_basic"));

        assertThatThrownBy(tokens::token)
                .hasMessageContaining("no metadata with this very issuer")
                .hasMessageEndingWith("/.well-known/openid-configuration. Check the issuer.");
        assertThat(issuer.received("/token")).isEmpty();
    }

    @Test
    void serveAClientWhoseTokenTheSuiteRefusesWithAnother() {
        try (var suite = new Suite(tokens)) {
            suite.server.on(CREDENTIAL, problem(401, "unauthorized", ""), suite.token("at-1", 1, Duration.ofHours(1)));
            tokens.token();
            clock.pass(Duration.ofSeconds(6));

            assertThat(suite.alice().getAccessToken(CONNECTION)).isEqualTo("at-1");

            assertThat(suite.server.received(CREDENTIAL).getLast().header("Authorization"))
                    .isEqualTo("Bearer w-2");
        }
    }

    private ClientCredentials tokens(Duration timeout) {
        return ClientCredentials.of(
                issuer.url(),
                new Client("worker", () -> SECRET, Map.of("resource", "https://connections.example")),
                new Settings(clock, Suite.retries(), timeout));
    }

    private StubServer.Reply metadata(String name, String method) {
        return json(
                200,
                "{\"issuer\": \"%s\", \"token_endpoint\": \"%s/token\", \"token_endpoint_auth_methods_supported\": [\"%s\"]}"
                        .formatted(name, issuer.url(), method));
    }

    private static StubServer.Reply token(String value) {
        return json(200, "{\"access_token\": \"" + value + "\", \"token_type\": \"Bearer\", \"expires_in\": 600}");
    }
}
