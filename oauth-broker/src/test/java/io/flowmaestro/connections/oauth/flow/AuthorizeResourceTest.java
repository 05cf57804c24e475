package io.flowmaestro.connections.oauth.flow;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuthorizeResourceTest extends ComponentTest {

    private final Browser browser = new Browser();

    @Nested
    class Authorize {

        @Test
        void sendsTheUserToTheProviderWithStatePkceAndTheExactRedirectUri() {
            var response = browser.authorize(Suite.ALICE, "acme", Map.of("scopes", "files, basic mail"));
            response.then()
                    .statusCode(200)
                    .body("success", equalTo(true))
                    .body("data.provider", equalTo("acme"))
                    .header("Cache-Control", "no-store");
            var parameters = Browser.query(response.path("data.auth_url"));
            assertThat(parameters)
                    .containsEntry("response_type", "code")
                    .containsEntry("client_id", "acme-client")
                    .containsEntry("redirect_uri", "http://localhost:8080/api/oauth/acme/callback")
                    .containsEntry("scope", "basic files mail")
                    .containsEntry("code_challenge_method", "S256");
            assertThat(parameters.get("state")).hasSize(43);
            assertThat(parameters.get("code_challenge")).hasSize(43);
            assertThat(response.<String>path("data.auth_url")).doesNotContain("acme-secret");
        }

        @Test
        void bindsTheFlowToTheBrowserWithACookieThatScriptsCannotRead() {
            var cookie = browser.authorize(Suite.ALICE, "acme", Map.of()).detailedCookie(Browser.COOKIE);
            assertThat(cookie.getValue()).hasSize(43);
            assertThat(cookie.isHttpOnly()).isTrue();
            assertThat(cookie.getSameSite()).isEqualTo("Lax");
            assertThat(cookie.getPath()).isEqualTo("/");
            assertThat(cookie.getDomain()).isNull();
        }

        @Test
        void keepsTheBrowsersCookieSoThatParallelFlowsWork() {
            browser.begin(Suite.ALICE, "acme");
            String first = browser.cookie;
            browser.begin(Suite.ALICE, "acme");
            assertThat(browser.cookie).isEqualTo(first);
        }

        @Test
        void storesNothingThatAReaderOfTheDatabaseCouldUse() throws SQLException {
            var flow = browser.begin(Suite.ALICE, "acme");
            try (var connection = PostgresResource.superuser();
                    var sql = connection.createStatement();
                    var rows = sql.executeQuery("select f::text from oauth.flows f where id = '" + flow.id() + "'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).doesNotContain(flow.state(), String.valueOf(browser.cookie));
            }
        }

        @Test
        void leavesPkceOutOnlyWhereTheProviderRejectsIt() {
            Suite.catalogued(
                    "acme",
                    "{\"oauth2\":{\"authorize\":\"https://a.example/auth\",\"token\":\"https://a.example/token\",\"pkce\":\"rejected\"}}");
            assertThat(browser.begin(Suite.ALICE, "acme").parameters()).doesNotContainKey("code_challenge");
        }

        @Test
        void sendsWhatTheProviderWantsBesides() {
            Suite.provider(
                    "acme",
                    ",\"authorize_params\":{\"access_type\":\"offline\",\"state\":\"fixed\"},\"scope_separator\":\",\",\"omit_params\":[\"response_type\"]");
            var response = browser.authorize(Suite.ALICE, "acme", Map.of("scopes", "mail"));
            var parameters = Browser.query(response.path("data.auth_url"));
            assertThat(parameters)
                    .containsEntry("access_type", "offline")
                    .containsEntry("scope", "basic,mail")
                    .doesNotContainKey("response_type");
            assertThat(parameters.get("state")).hasSize(43);
        }

        @Test
        void answers404ForAnUnknownProvider() {
            browser.authorize(Suite.ALICE, "nobody", Map.of())
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("provider-not-found"))
                    .body("detail", containsString("/api/oauth/providers"));
        }

        @Test
        void namesTheVariablesOfAnUnconfiguredProvider() {
            Suite.provider("my-crm", "");
            browser.authorize(Suite.ALICE, "my-crm", Map.of())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("provider-not-configured"))
                    .body("detail", containsString("MY_CRM_CLIENT_ID"))
                    .body("detail", containsString("MY_CRM_CLIENT_SECRET_FILE"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://evil.example/", "//evil.example", "javascript:alert(1)"})
        void refusesToReturnElsewhere(String target) {
            browser.authorize(Suite.ALICE, "acme", Map.of("return_to", target))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("return-to-not-allowed"));
        }

        @ParameterizedTest
        @CsvSource({"scopes,a\"b", "scopes,ä", "name,' '", "name,'a\u0007b'"})
        void refusesWhatCannotBeAScopeOrAName(String parameter, String value) {
            browser.authorize(Suite.ALICE, "acme", Map.of(parameter, value))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("parameter-invalid"))
                    .body("detail", containsString(parameter));
        }

        @Test
        void refusesAProviderWhoseAddressNobodyFilledIn() {
            Suite.catalogued(
                    "acme",
                    "{\"oauth2\":{\"authorize\":\"https://{shop}.a.example/auth\",\"token\":\"https://{shop}.a.example/token\",\"config\":{\"shop\":{\"required\":true}}}}");
            browser.authorize(Suite.ALICE, "acme", Map.of())
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("parameter-invalid"))
                    .body("detail", containsString("shop is missing"));
        }

        @Test
        void saysSoWhenTheRegistryIsAway() {
            Suite.peers().removeMappings();
            browser.authorize(Suite.ALICE, "elsewhere", Map.of()).then().statusCode(404);
            Suite.peers()
                    .register(com.github.tomakehurst.wiremock.client.WireMock.get("/internal/providers/elsewhere")
                            .willReturn(Suite.json(500, "{\"detail\":\"jdbc:secret\"}")));
            browser.authorize(Suite.ALICE, "elsewhere", Map.of())
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo("registry-unavailable"));
        }

        @Test
        void usesTheLastKnownDefinitionWhileTheRegistryIsAway() {
            browser.begin(Suite.ALICE, "acme");
            Suite.peers()
                    .register(com.github.tomakehurst.wiremock.client.WireMock.get("/internal/providers/acme")
                            .willReturn(Suite.json(503, "{}")));
            browser.authorize(Suite.ALICE, "acme", Map.of()).then().statusCode(200);
        }

        @Test
        void needsAUser() {
            given().get("/api/oauth/acme/authorize").then().statusCode(401);
            given().auth()
                    .oauth2(Tokens.worker())
                    .header("X-On-Behalf-Of", Suite.ALICE.toString())
                    .get("/api/oauth/acme/authorize")
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class Flows {

        @Test
        void showsTheFlowToItsUserOnly() {
            var flow = browser.begin(Suite.ALICE, "acme");
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .get("/api/oauth/flows/{id}", flow.id())
                    .then()
                    .statusCode(200)
                    .body("data.status", equalTo("pending"))
                    .body("data.provider", equalTo("acme"));
            given().auth()
                    .oauth2(Tokens.user(Suite.BOB))
                    .get("/api/oauth/flows/{id}", flow.id())
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("flow-not-found"));
        }

        @Test
        void showsANeverFinishedFlowAsExpired() {
            var flow = browser.begin(Suite.ALICE, "acme");
            Suite.sql("update oauth.flow_results set expires_at = now() - interval '1 second' where flow_id = '"
                    + flow.id() + "'");
            given().auth()
                    .oauth2(Tokens.user(Suite.ALICE))
                    .get("/api/oauth/flows/{id}", flow.id())
                    .then()
                    .body("data.status", equalTo("expired"));
        }
    }

    @Nested
    class Tables {

        @Test
        void showTheAppRoleNothingWithoutAUser() throws SQLException {
            browser.begin(Suite.ALICE, "acme");
            try (var connection = PostgresResource.as("oauth_app");
                    var sql = connection.createStatement();
                    var rows = sql.executeQuery("select count(*) from oauth.flow_results")) {
                rows.next();
                assertThat(rows.getLong(1)).isZero();
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "select state_hash from oauth.flows",
                    "update oauth.flows set browser_hash = ''",
                    "create table oauth.mine (id int)"
                })
        void keepTheAppRoleFromTheHashes(String statement) throws SQLException {
            try (var connection = PostgresResource.as("oauth_app");
                    var sql = connection.createStatement()) {
                Assertions.assertThatThrownBy(() -> sql.execute(statement))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("permission denied");
            }
        }
    }
}
