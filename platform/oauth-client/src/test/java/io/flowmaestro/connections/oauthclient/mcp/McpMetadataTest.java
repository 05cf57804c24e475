package io.flowmaestro.connections.oauthclient.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be believed of what an MCP server and its authorization server say of themselves. */
class McpMetadataTest {

    private static final URI SERVER = URI.create("https://mcp.example/team/mcp");

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    @Nested
    class Wellknown {

        @Test
        void isBelowTheServersPathFirst() {
            assertThat(Places.ofResource(SERVER))
                    .containsExactly(
                            "https://mcp.example/.well-known/oauth-protected-resource/team/mcp",
                            "https://mcp.example/.well-known/oauth-protected-resource");
            assertThat(Places.ofResource(URI.create("https://mcp.example/")))
                    .containsExactly("https://mcp.example/.well-known/oauth-protected-resource");
        }

        @Test
        void isNeverAtTheRootForAnIssuerWithAPath() {
            assertThat(Places.ofIssuer(URI.create("https://as.example/tenant/")))
                    .containsExactly(
                            "https://as.example/.well-known/oauth-authorization-server/tenant",
                            "https://as.example/.well-known/openid-configuration/tenant",
                            "https://as.example/tenant/.well-known/openid-configuration");
            assertThat(Places.ofIssuer(URI.create("https://as.example")))
                    .containsExactly(
                            "https://as.example/.well-known/oauth-authorization-server",
                            "https://as.example/.well-known/openid-configuration");
        }
    }

    @Nested
    class Resource {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://mcp.example/team/mcp",
                    "https://mcp.example/team/mcp/",
                    "https://MCP.example:443/team",
                    "https://mcp.example"
                })
        void coversTheServerAtItsPathOrBelow(String resource) {
            assertThat(Places.covers(URI.create(resource), SERVER)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://mcp.example/team/mcp",
                    "https://mcp.example:8443/team/mcp",
                    "https://mcp.example/team/mc",
                    "https://mcp.example/team/mcp/x",
                    "https://mcp.example/Team",
                    "https://mcp.example/team/mcp?tenant=1",
                    "https://mcp.example.evil/team/mcp"
                })
        void coversNothingElse(String resource) {
            assertThat(Places.covers(URI.create(resource), SERVER)).isFalse();
        }

        @Test
        void keepsItsNameAsItWasPublished() {
            var resource = ProtectedResource.of(
                    json("{'resource':'https://MCP.example/','authorization_servers':['https://as.example/t']}"),
                    SERVER);
            assertThat(resource.resource()).isEqualTo("https://MCP.example/");
            assertThat(resource.issuers()).containsExactly(URI.create("https://as.example/t"));
            assertThat(resource.scopes()).isEmpty();
        }

        @Test
        void namesSeveralOfWhichItPassesOverWhatMustNotBeAsked() {
            var resource = ProtectedResource.of(
                    json("{'resource':'https://mcp.example','authorization_servers':['http://plain.example',7,"
                            + "'https://a.example','https://a.example','https://b.example?x=1','https://c.example',"
                            + "'https://d.example','https://e.example','https://f.example']}"),
                    SERVER);
            assertThat(resource.issuers())
                    .extracting(URI::getHost)
                    .containsExactly("a.example", "c.example", "d.example", "e.example");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "['http://as.example']|not on https",
                    "[]|names no usable",
                    "['https://as.example?x=1']|names no usable",
                    "['https://u:p@as.example']|names no usable",
                    "7|names no usable"
                })
        void namesAnAuthorizationServerThatIsAsSafeAsItself(String servers, String message) {
            var document = json("{'resource':'https://mcp.example','authorization_servers':" + servers + "}");
            assertThatThrownBy(() -> ProtectedResource.of(document, SERVER))
                    .isInstanceOf(AuthorizationRefused.class)
                    .hasMessageContaining(message);
        }
    }

    @Nested
    class Server {

        private static final URI ISSUER = URI.create("https://as.example/t");

        private AuthorizationServer read(String more) {
            return AuthorizationServer.of(
                    json("{'issuer':'https://as.example/t','authorization_endpoint':'https://as.example/a',"
                            + "'token_endpoint':'https://as.example/k','code_challenge_methods_supported':['S256']"
                            + more + "}"),
                    ISSUER);
        }

        @Test
        void takesBasicWhereItSaysNothingElse() {
            var server = read("");
            assertThat(server.authMethods()).containsExactly("client_secret_basic");
            assertThat(server.registrationEndpoint()).isNull();
            assertThat(server.clientDocuments()).isFalse();
            assertThat(server.takesOurSignature()).isFalse();
        }

        @Test
        void takesOurSignatureWhereItTakesEs256() {
            String methods = ",'token_endpoint_auth_methods_supported':['private_key_jwt']";
            assertThat(read(methods).takesOurSignature()).isTrue();
            assertThat(read(methods + ",'token_endpoint_auth_signing_alg_values_supported':['RS256']")
                            .takesOurSignature())
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ",'token_endpoint':'http://as.example/k'",
                    ",'authorization_endpoint':'http://as.example/a'",
                    ",'registration_endpoint':'http://as.example/r'",
                    ",'revocation_endpoint':'ftp://as.example/v'",
                    ",'authorization_endpoint':'https://as.example/{x}'",
                    ",'authorization_endpoint':7"
                })
        void hasNoEndpointThatIsLessSafeThanItself(String more) {
            assertThatThrownBy(() -> read(more))
                    .isInstanceOf(AuthorizationRefused.class)
                    .hasMessageContaining("not an https URL");
        }

        @Test
        void isItselfAndNobodyElse() {
            for (String other : List.of("https://as.example/t/", "https://AS.example/t", "https://as.example")) {
                assertThatThrownBy(() -> read(",'issuer':'" + other + "'"))
                        .isInstanceOf(AuthorizationRefused.class)
                        .hasMessageContaining("another issuer");
            }
        }
    }
}
