package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.Suite.ALICE;
import static io.flowmaestro.connections.worker.Suite.CONNECTION;
import static io.flowmaestro.connections.worker.Suite.CREDENTIAL;
import static io.flowmaestro.connections.worker.Suite.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CredentialTest {

    private static final String APPLY = """
        "apply": {"headers": {"Authorization": "Bearer sk-1"}, "query": {"key": "a b&c"}, "base_url": "https://api.example.com/"}
        """;

    private final Suite suite = new Suite();

    @AfterEach
    void close() {
        suite.close();
    }

    @Test
    void isAskedForAsTheWorkerOnBehalfOfExactlyOneUser() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 1, Duration.ofHours(1)));

        suite.alice().getAccessToken(CONNECTION, "write", "read");

        var request = suite.server.received(CREDENTIAL).getFirst();
        assertThat(request.header("Authorization")).isEqualTo("Bearer workers-token");
        assertThat(request.header("X-on-behalf-of")).isEqualTo(ALICE.toString());
        assertThat(request.body()).isEqualTo("{\"scopes\":[\"read\",\"write\"]}");
    }

    @Test
    void ofOAuthIsAToken() {
        suite.server.on(CREDENTIAL, suite.token("at-1", 7, Duration.ofHours(1)));

        var credential = (Credential.OAuth2) suite.alice().getCredential(CONNECTION);

        assertThat(credential.accessToken().reveal()).isEqualTo("at-1");
        assertThat(credential.scope()).containsExactlyInAnyOrder("read", "write");
        assertThat(credential.issued().version()).isEqualTo(7);
        assertThat(credential.expiresAt()).contains(suite.clock.instant().plusSeconds(3600));
        assertThat(credential.issued().fields().get("team").orElseThrow().reveal())
                .isEqualTo("T1");
    }

    @Test
    void ofAnApiKeyIsAKeyAndTellsHowToSendIt() {
        suite.server.on(
                CREDENTIAL,
                credential("\"type\": \"api_key\", \"api_key\": \"sk-1\", \"api_secret\": \"org\", " + APPLY));

        var credential = (Credential.ApiKey) suite.alice().getCredential(CONNECTION);

        assertThat(credential.apiKey().reveal()).isEqualTo("sk-1");
        assertThat(credential.apiSecret().orElseThrow().reveal()).isEqualTo("org");
        var request = credential.apply().request("/v1/models?limit=1").build();
        assertThat(request.uri()).isEqualTo(URI.create("https://api.example.com/v1/models?limit=1&key=a+b%26c"));
        assertThat(request.headers().firstValue("Authorization")).contains("Bearer sk-1");
    }

    @Test
    void isSentToItsProviderAlone() {
        suite.server.on(CREDENTIAL, credential("\"type\": \"api_key\", \"api_key\": \"sk-1\", " + APPLY));
        var apply = suite.alice().getCredential(CONNECTION).apply();

        assertThatThrownBy(() -> apply.request(".example.org/v1")).hasMessage("The path must begin with a slash.");
        assertThat(apply.request("//example.org").build().uri().getHost()).isEqualTo("api.example.com");
    }

    @Test
    void ofTheOtherMethodsHasTheirFields() {
        suite.server.on(
                CREDENTIAL,
                credential("\"type\": \"basic_auth\", \"username\": \"u\", \"password\": \"p\", \"port\": 5432, "
                        + APPLY));
        assertThat(suite.alice().getCredential(CONNECTION))
                .isInstanceOfSatisfying(Credential.BasicAuth.class, basic -> {
                    assertThat(basic.username() + basic.password().reveal()).isEqualTo("up");
                    assertThat(basic.issued().fields().get("port").orElseThrow().reveal())
                            .isEqualTo("5432");
                });
        suite.clock.pass(Duration.ofMinutes(2));
        suite.server.on(CREDENTIAL, credential("\"type\": \"custom\", \"headers\": {\"X-Key\": \"k\"}, " + APPLY));
        assertThat(suite.alice().getCredential(CONNECTION))
                .isInstanceOfSatisfying(
                        Credential.Custom.class,
                        custom -> assertThat(custom.headers().get("X-Key").reveal())
                                .isEqualTo("k"));
        suite.clock.pass(Duration.ofMinutes(2));
        suite.server.on(
                CREDENTIAL,
                credential("\"type\": \"mcp\", \"server_url\": \"https://m\", \"auth_type\": \"bearer\", " + APPLY));
        assertThat(suite.alice().getCredential(CONNECTION))
                .isInstanceOfSatisfying(
                        Credential.Mcp.class,
                        mcp -> assertThat(mcp.serverUrl() + mcp.authType()).isEqualTo("https://mbearer"));
    }

    @Test
    void ofAKindThatIsNotKnownAsksForANewerLibrary() {
        suite.server.on(CREDENTIAL, credential("\"type\": \"oauth1\", " + APPLY));

        assertThatThrownBy(() -> suite.alice().getCredential(CONNECTION))
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageContaining("Use a newer one");
    }

    @Test
    void thatIsNoTokenIsNotGivenAsOne() {
        suite.server.on(CREDENTIAL, credential("\"type\": \"api_key\", \"api_key\": \"sk-1\", " + APPLY));

        assertThatThrownBy(() -> suite.alice().getAccessToken(CONNECTION))
                .isInstanceOf(WrongCredentialException.class)
                .hasMessageContaining("Use getCredential")
                .hasMessageNotContaining("sk-1");
    }

    @Test
    void showsNoSecretAsText() {
        suite.server.on(
                CREDENTIAL,
                credential(
                        "\"type\": \"api_key\", \"api_key\": \"sk-1\", \"api_secret\": \"sk-1\", \"other\": \"sk-1\", "
                                + APPLY));

        var shown = suite.alice().getCredential(CONNECTION).toString();

        assertThat(shown).doesNotContain("sk-1", "a b&c").contains("ApiKey", "other", "[secret]");
    }
}
