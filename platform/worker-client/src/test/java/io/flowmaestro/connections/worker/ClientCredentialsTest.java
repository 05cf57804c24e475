package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.StubServer.json;
import static io.flowmaestro.connections.worker.StubServer.problem;
import static io.flowmaestro.connections.worker.Suite.CONNECTION;
import static io.flowmaestro.connections.worker.Suite.CREDENTIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.worker.ClientCredentials.Client;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientCredentialsTest {

    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String SECRET = "s3cr+t/";

    private final StubServer issuer = new StubServer();
    private final TestClock clock = new TestClock();
    private final ClientCredentials tokens = ClientCredentials.of(
            issuer.url(),
            new Client("worker", () -> SECRET, Map.of("resource", "https://connections.example")),
            new Settings(clock, Suite.retries()));

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

    @Test
    void refusesMetadataOfAnotherIssuer() {
        issuer.on(METADATA, metadata("https://other.example", "client_secret_basic"));

        assertThatThrownBy(tokens::token).hasMessageContaining("no metadata with this very issuer");
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
