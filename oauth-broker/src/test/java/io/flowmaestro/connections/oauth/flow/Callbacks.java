package io.flowmaestro.connections.oauth.flow;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.response.Response;
import java.util.regex.Pattern;

/** What tests of the callback have in common. */
final class Callbacks {

    static final String CREATE = "/internal/connections";

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"result\">(.*?)</script>", Pattern.DOTALL);
    private static final String GRANT =
            "{\"access_token\":\"secret-at\",\"refresh_token\":\"secret-rt\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"basic mail\"}";

    private Callbacks() {}

    /** A provider that grants everything, and a registry that stores it. */
    static void accept() {
        Suite.tokenAnswer(Suite.json(200, GRANT));
        Suite.peers()
                .register(
                        get("/acme/me").willReturn(jsonResponse("{\"id\":42,\"email\":\"alice@acme.example\"}", 200)));
        Suite.peers().register(post("/internal/connections").willReturn(created()));
    }

    static ResponseDefinitionBuilder created() {
        return Suite.templated(
                        "{\"success\":true,\"data\":{\"id\":\"{{{jsonPath request.body '$.id'}}}\",\"name\":\"{{{jsonPath request.body '$.name'}}}\",\"status\":\"active\"}}")
                .withStatus(201);
    }

    static void refused(Response page, String code, int tokenRequests) {
        assertThat(page.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(page.contentType()).startsWithIgnoringCase("text/html");
        JsonNode message = payload(page).path("message");
        assertThat(message.path("type").asText()).isEqualTo("oauth_error");
        assertThat(message.path("code").asText()).isEqualTo(code);
        assertThat(Suite.tokenRequests()).isEqualTo(tokenRequests);
    }

    static void failed(Browser.Flow flow, String code) {
        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/flows/{id}", flow.id())
                .then()
                .body("data.status", org.hamcrest.Matchers.equalTo("failed"))
                .body("data.code", org.hamcrest.Matchers.equalTo(code));
    }

    static JsonNode payload(Response page) {
        var data = DATA.matcher(page.asString());
        assertThat(data.find()).isTrue();
        try {
            return new ObjectMapper().readTree(data.group(1));
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError("the data block is not JSON", broken);
        }
    }
}
