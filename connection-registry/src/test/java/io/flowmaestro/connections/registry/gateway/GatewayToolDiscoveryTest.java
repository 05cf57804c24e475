package io.flowmaestro.connections.registry.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.answer;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.storedMcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users are told of servers and of the gateway when tools are looked for. */
@RegistryTest
class GatewayToolDiscoveryTest {

    private static final String DATA = "{\"server_url\": \"http://localhost:3100/mcp\", \"timeout\": 60000}";
    private static final String NEW = """
            {"name": "Slow", "connection_method": "mcp", "provider": "everything", "data": %s}""".formatted(DATA);

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    /** A stored connection, after which the gateway says the same of every server. */
    private static String storedBefore(int status, String said) {
        String id = storedMcp(ALICE);
        answer("/internal/mcp/discover", status, said);
        answer("/internal/mcp/connections/" + id + "/discover", status, said);
        return id;
    }

    @Nested
    class AServerThatIsTooSlow {

        private static final String LATE = """
                {"code": "mcp-server-timeout", "status": 504,
                 "detail": "The MCP server did not answer within the connection's timeout."}""";

        @Test
        void isNamedWhenItIsSavedAndLookedAt() {
            String id = storedBefore(504, LATE);

            as(ALICE)
                    .body(NEW)
                    .post("/api/connections")
                    .then()
                    .statusCode(504)
                    .body("code", equalTo("mcp-server-timeout"));
            as(ALICE)
                    .body("{\"data\": %s}".formatted(DATA))
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(504)
                    .body("code", equalTo("mcp-server-timeout"));
            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(504)
                    .body("code", equalTo("mcp-server-timeout"));
        }

        @Test
        void isNamedByATest() {
            String id = storedBefore(504, LATE);

            as(ALICE)
                    .post("/api/connections/{id}/test", id)
                    .then()
                    .statusCode(200)
                    .body("test_result.outcome", equalTo("inconclusive"))
                    .body(
                            "test_result.message",
                            equalTo("The MCP server did not answer within the connection's timeout."));
        }
    }

    @Nested
    class AServerThatRefuses {

        @ParameterizedTest
        @CsvSource({"mcp-server-busy, 429", "mcp-server-failing, 502"})
        void hasItsPauseToldToTheUser(String code, int status) {
            String id = storedMcp(ALICE);
            peers().register(post(urlPathEqualTo("/internal/mcp/connections/" + id + "/discover"))
                    .willReturn(aResponse()
                            .withStatus(status)
                            .withHeader("Content-Type", "application/problem+json")
                            .withHeader("Retry-After", "17")
                            .withBody("{\"code\": \"%s\", \"detail\": \"Not now.\"}".formatted(code))));

            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(status)
                    .header("Retry-After", "17")
                    .body("code", equalTo(code));
        }

        @Test
        void hasTheScopesToldThatItWants() {
            String id = storedBefore(403, """
                    {"code": "mcp-scope-insufficient", "detail": "More.", "scopes": ["files:read", "files:write"]}""");

            as(ALICE)
                    .post("/api/connections/{id}/refresh-tools", id)
                    .then()
                    .statusCode(403)
                    .header("Retry-After", nullValue())
                    .body("code", equalTo("mcp-scope-insufficient"))
                    .body("scopes", contains("files:read", "files:write"));
        }
    }

    @Nested
    class AGatewayThatHangs {

        @Test
        void isTakenForAwayInTheEnd() {
            var looking = GatewayToolDiscovery.checked(Uni.createFrom().nothing(), Duration.ofMillis(50));

            var told = catchThrowableOfType(
                    ProblemException.class, () -> looking.await().atMost(Duration.ofSeconds(10)));

            assertThat(told.code()).isEqualTo(RegistryProblem.GATEWAY_UNAVAILABLE);
        }
    }
}
