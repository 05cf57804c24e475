package io.flowmaestro.connections.mcp.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class McpProviderResourceTest {

    private static final String CATALOGUE = """
            {"success":true,"data":[
              {"key":"filesystem","name":"Filesystem MCP","category":"filesystem",
               "methods":{"mcp":{"server_url":"http://localhost:3100","auth_type":"none","fields":[]}}},
              {"key":"acme-tools","name":"Acme","category":"database","icon":"x",
               "methods":{"api_key":{},"mcp":{"server_url":"https://mcp.acme.example"}}},
              {"key":"slack","name":"Slack","category":"chat","methods":{"oauth2":{}}}]}""";

    private static ValidatableResponse list(String token) {
        return given().auth()
                .oauth2(token)
                .get("/api/connections/mcp/providers")
                .then();
    }

    private static void catalogueKnows() {
        Peers.wiremock()
                .register(get("/internal/providers")
                        .withHeader("If-None-Match", absent())
                        .withHeader("X-On-Behalf-Of", absent())
                        .willReturn(okJson(CATALOGUE).withHeader("ETag", "\"v1\"")));
        Peers.wiremock()
                .register(get("/internal/providers")
                        .withHeader("If-None-Match", WireMock.equalTo("\"v1\""))
                        .willReturn(aResponse().withStatus(304)));
    }

    @Nested
    class ListProviders {
        @Test
        void showsTheCataloguesMcpServersAlsoWhenNothingHasChanged() {
            catalogueKnows();

            for (int round = 0; round < 3; round++) {
                list(Tokens.user(UUID.randomUUID()))
                        .statusCode(200)
                        .body("success", equalTo(true))
                        .body("data.name", equalTo(List.of("filesystem", "acme-tools")))
                        .body("data[0].display_name", equalTo("Filesystem MCP"))
                        .body("data[0].default_server_url", equalTo("http://localhost:3100"))
                        .body("data[0].auth_type", equalTo("none"))
                        .body("data[0].category", equalTo("filesystem"))
                        .body("data[1].auth_type", equalTo("none"));
            }
        }

        @Test
        void takesTheUrlOfThisInstallation() {
            catalogueKnows();
            System.setProperty("MCP_ACME_TOOLS_URL", "http://localhost:4711/mcp");
            try {
                list(Tokens.user(UUID.randomUUID()))
                        .statusCode(200)
                        .body("data[1].default_server_url", equalTo("http://localhost:4711/mcp"));
            } finally {
                System.clearProperty("MCP_ACME_TOOLS_URL");
            }
        }

        @Test
        void isForUsers() {
            list(Tokens.admin()).statusCode(403);
        }
    }
}
