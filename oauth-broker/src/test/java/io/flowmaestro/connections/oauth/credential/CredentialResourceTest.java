package io.flowmaestro.connections.oauth.credential;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.testing.Calls.worker;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CredentialResourceTest extends ComponentTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static StoredCredential lasting() {
        return StoredCredential.oauth("at", "secret-rt", NOW, NOW.plusSeconds(3600));
    }

    @Nested
    class Methods {

        @Test
        void oauth2IsABearerTokenWithoutItsRefreshToken() {
            usable(lasting().store())
                    .body("success", equalTo(true))
                    .body("data.type", equalTo("oauth2"))
                    .body("data.access_token", equalTo("at"))
                    .body("data.refresh_token", nullValue())
                    .body("data.issued_at", nullValue())
                    .body("data.token_type", equalTo("Bearer"))
                    .body("data.scope[0]", equalTo("basic"))
                    .body("data.expires_at", equalTo(NOW.plusSeconds(3600).toString()))
                    .body("data.credential_version", equalTo(1))
                    .body("data.apply.headers.Authorization", equalTo("Bearer at"));
        }

        @Test
        void oauth2KeepsToItselfWhatASignInAsksForAgain() {
            usable(StoredCredential.of("oauth2", "acme", "{\"access_token\":\"at\",\"extra_scopes\":\"u1\"}")
                            .store())
                    .body("data.access_token", equalTo("at"))
                    .body("data.extra_scopes", nullValue());
        }

        @Test
        void oauth2FollowsTheProvidersOwnScheme() {
            Suite.provider("acme", ",\"api_auth\":\"Zoho-oauthtoken {access_token}\"");
            usable(lasting().store()).body("data.apply.headers.Authorization", equalTo("Zoho-oauthtoken at"));
        }

        @Test
        void oauth2GoesToTheHostThatTheConnectionNames() {
            Suite.provider(
                    "acme",
                    ",\"api_base\":\"https://{site}.acme.example\",\"config\":{\"site\":{\"pattern\":\"[a-z]+\"}}");
            usable(StoredCredential.of("oauth2", "acme", "{\"access_token\":\"at\",\"site\":\"north\"}")
                            .store())
                    .body("data.site", equalTo("north"))
                    .body("data.apply.headers.Authorization", equalTo("Bearer at"))
                    .body("data.apply.base_url", equalTo("https://north.acme.example"));
        }

        @Test
        void apiKeyIsAppliedAsTheCatalogueSays() {
            Suite.catalogued(
                    "keyed",
                    "{\"api_key\":{\"base\":\"https://{region}.keyed.example\",\"header\":{\"x-api-key\":\"{key}\",\"x-sid\":\"{account_sid}\",\"x-none\":\"{missing}\"},\"query\":{\"k\":\"{key}\"},\"config\":{\"region\":{\"default\":\"eu\"}}}}");
            usable(StoredCredential.of("api_key", "keyed", "{\"api_key\":\"sk-1\",\"account_sid\":\"AC1\"}")
                            .store())
                    .body("data.type", equalTo("api_key"))
                    .body("data.api_key", equalTo("sk-1"))
                    .body("data.account_sid", equalTo("AC1"))
                    .body("data.expires_at", nullValue())
                    .body("data.apply.headers.x-api-key", equalTo("sk-1"))
                    .body("data.apply.headers.x-sid", equalTo("AC1"))
                    .body("data.apply.headers.x-none", nullValue())
                    .body("data.apply.query.k", equalTo("sk-1"))
                    .body("data.apply.base_url", equalTo("https://eu.keyed.example"));
        }

        @Test
        void apiKeyInsideBasicAuthentication() {
            Suite.catalogued(
                    "keyed",
                    "{\"api_key\":{\"base\":\"https://k.example\",\"basic\":{\"user\":\"api\",\"pass\":\"{key}\"}}}");
            usable(StoredCredential.of("api_key", "keyed", "{\"api_key\":\"k\"}")
                            .store())
                    .body("data.apply.headers.Authorization", equalTo("Basic YXBpOms="));
        }

        @Test
        void apiKeyOfAnUnknownProviderIsHandedOutWithoutAHint() {
            usable(StoredCredential.of(
                                    "api_key",
                                    "unheard-of",
                                    "{\"api_key\":\"sk-1\",\"base_url\":\"https://own.example\"}")
                            .store())
                    .body("data.api_key", equalTo("sk-1"))
                    .body("data.apply.headers.size()", equalTo(0))
                    .body("data.apply.base_url", equalTo("https://own.example"));
        }

        @Test
        void apiKeyGoesToTheHostThatTheConnectionNames() {
            Suite.catalogued(
                    "keyed",
                    "{\"api_key\":{\"base\":\"https://{site}.keyed.example/{dc}\",\"header\":{\"x\":\"{key}\"},\"config\":{\"site\":{\"pattern\":\"[a-z]+\"},\"dc\":{\"from_key_suffix_after\":\"-\"}}}}");
            usable(StoredCredential.of("api_key", "keyed", "{\"api_key\":\"k-eu\",\"site\":\"acme\"}")
                            .store())
                    .body("data.apply.base_url", equalTo("https://acme.keyed.example/eu"));
            usable(StoredCredential.of("api_key", "keyed", "{\"api_key\":\"k-eu\",\"site\":\"evil.example/\"}")
                            .store())
                    .body("data.apply.base_url", nullValue())
                    .body("data.apply.headers.x", equalTo("k-eu"));
        }

        @Test
        void basicAuthOfAnHttpApiGoesToItsBaseUrl() {
            Suite.catalogued(
                    "basic",
                    "{\"basic_auth\":{\"base\":\"{base_url}\",\"basic\":{\"user\":\"{username}/x\",\"pass\":\"{password}\"}}}");
            usable(StoredCredential.of(
                                    "basic_auth",
                                    "basic",
                                    "{\"username\":\"u\",\"password\":\"p\",\"base_url\":\"https://own.example\"}")
                            .store())
                    .body("data.apply.headers.Authorization", equalTo("Basic dS94OnA="))
                    .body("data.apply.base_url", equalTo("https://own.example"));
        }

        @Test
        void customGoesToItsProvidersBaseUrl() {
            Suite.catalogued("headed", "{\"custom\":{\"base\":\"https://headed.example\"}}");
            usable(StoredCredential.of("custom", "headed", "{\"headers\":{\"X-One\":\"1\"}}")
                            .store())
                    .body("data.apply.headers.X-One", equalTo("1"))
                    .body("data.apply.base_url", equalTo("https://headed.example"));
        }

        @Test
        void basicAuth() {
            usable(StoredCredential.of(
                                    "basic_auth",
                                    "postgres",
                                    "{\"username\":\"u\",\"password\":\"p\",\"port\":5432,\"ssl\":true}")
                            .store())
                    .body("data.type", equalTo("basic_auth"))
                    .body("data.username", equalTo("u"))
                    .body("data.port", equalTo(5432))
                    .body("data.ssl", equalTo(true))
                    .body("data.apply.headers.Authorization", equalTo("Basic dTpw"));
        }

        @Test
        void custom() {
            usable(StoredCredential.of("custom", "own", "{\"headers\":{\"X-One\":\"1\"}}")
                            .store())
                    .body("data.type", equalTo("custom"))
                    .body("data.headers.X-One", equalTo("1"))
                    .body("data.apply.headers.X-One", equalTo("1"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "\"auth_type\":\"bearer\",\"bearer_token\":\"t\"|Authorization|Bearer t",
                    "\"auth_type\":\"basic\",\"username\":\"u\",\"password\":\"p\"|Authorization|Basic dTpw",
                    "\"auth_type\":\"api_key\",\"api_key\":\"k\"|X-API-Key|k",
                    "\"auth_type\":\"api_key\",\"api_key\":\"k\",\"api_key_header\":\"X-Own\"|X-Own|k",
                    "\"auth_type\":\"none\",\"headers\":{\"X-Two\":\"2\"}|X-Two|2"
                })
        void mcp(String auth, String header, String value) {
            usable(StoredCredential.of("mcp", "filesystem", "{\"server_url\":\"https://mcp.example/mcp\"," + auth + "}")
                            .store())
                    .body("data.type", equalTo("mcp"))
                    .body("data.apply.headers." + header, equalTo(value))
                    .body("data.apply.base_url", equalTo("https://mcp.example/mcp"));
        }

        private ValidatableResponse usable(StoredCredential stored) {
            return worker().post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store");
        }
    }

    @Nested
    class Bodies {

        @Test
        void mayBeMissing() {
            var stored = lasting().store();
            worker().contentType(ContentType.JSON)
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(200);
            worker().contentType(ContentType.JSON)
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(200);
            worker().contentType(ContentType.JSON)
                    .body("{}")
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(200);
        }

        @Test
        void mayBeMissingWithoutAContentType() throws Exception {
            var request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port
                            + "/api/credentials/" + lasting().store().id()))
                    .header("Authorization", "Bearer " + Tokens.worker())
                    .header("X-On-Behalf-Of", Suite.ALICE.toString())
                    .POST(HttpRequest.BodyPublishers.noBody());
            try (var http = HttpClient.newHttpClient()) {
                assertThat(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            }
        }

        @Test
        void mayBeMissingUnderAnyContentType() {
            worker().contentType(ContentType.TEXT)
                    .post("/api/credentials/{id}", lasting().store().id())
                    .then()
                    .statusCode(200);
        }

        @Test
        void inAnotherFormatAreRefusedRatherThanIgnored() {
            worker().contentType(ContentType.TEXT)
                    .body("{\"scopes\":[\"admin\"]}")
                    .post("/api/credentials/{id}", lasting().store().id())
                    .then()
                    .statusCode(415)
                    .body("code", equalTo("unsupported-media-type"));
        }

        @Test
        void mayNameScopesThatTheConnectionHas() {
            var stored = lasting().store();
            worker().contentType(ContentType.JSON)
                    .body("{\"scopes\":[\"basic\"]}")
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(200);
        }

        @Test
        void namingAScopeThatItLacksIsRefused() {
            var stored = lasting().store();
            worker().contentType(ContentType.JSON)
                    .body("{\"scopes\":[\"basic\",\"admin\"]}")
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("insufficient-scope"))
                    .body("detail", containsString("admin"))
                    .body("data", nullValue());
        }

        @Test
        void withUnknownFieldsAreRefused() {
            worker().contentType(ContentType.JSON)
                    .body("{\"scope\":[]}")
                    .post("/api/credentials/{id}", lasting().store().id())
                    .then()
                    .statusCode(400);
        }
    }

    @Nested
    class Callers {

        @Test
        void otherThanWorkersAreRefusedBeforeAnyLookUp() {
            var stored = lasting().store();
            given().contentType(ContentType.JSON)
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(401);
            for (String token : new String[] {Tokens.user(Suite.ALICE), Tokens.admin()}) {
                given().auth()
                        .oauth2(token)
                        .post("/api/credentials/{id}", stored.id())
                        .then()
                        .statusCode(403);
            }
            given().auth()
                    .oauth2(Tokens.service("mcp-gateway"))
                    .header("X-On-Behalf-Of", Suite.ALICE.toString())
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(403);
            assertThat(Suite.requests(RequestMethod.GET, stored.path())).isEmpty();
        }

        @Test
        void mustNameTheUser() {
            var stored = lasting().store();
            given().auth()
                    .oauth2(Tokens.worker())
                    .post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(400);
            assertThat(Suite.requests(RequestMethod.GET, stored.path())).isEmpty();
        }

        @Test
        void findAForeignConnectionAsMissing() {
            var stored = lasting().store();
            String foreign = bodyFor(Suite.BOB, stored.id());
            String missing = bodyFor(Suite.ALICE, UUID.randomUUID());
            assertThat(foreign).isEqualTo(missing).contains("connection-not-found");
        }

        private String bodyFor(UUID user, UUID connection) {
            return given().auth()
                    .oauth2(Tokens.worker())
                    .contentType(ContentType.JSON)
                    .header("X-On-Behalf-Of", user.toString())
                    .post("/api/credentials/{id}", connection)
                    .then()
                    .statusCode(404)
                    .extract()
                    .asString()
                    .replace(connection.toString(), "ID")
                    .replaceAll("\"trace_id\":\"[^\"]*\"", "");
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource({"invalid,Correct", "expired,Reconnect", "revoked,Reconnect"})
        void nameTheStatusAndWhatToDo(String status, String advice) {
            var stored = lasting().withStatus(status).store();
            worker().post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("connection-not-active"))
                    .body("detail", containsString(status))
                    .body("detail", containsString(advice));
            assertThat(Suite.requests(RequestMethod.POST, "/internal/decrypt")).isEmpty();
        }

        @Test
        void sayThatTheRegistryIsAway() {
            var stored = lasting();
            Suite.peers().register(get(stored.path()).willReturn(Suite.json(500, "{\"detail\":\"peer-secret\"}")));
            worker().post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo("registry-unavailable"))
                    .body(org.hamcrest.Matchers.not(containsString("peer-secret")));
        }

        @Test
        void sayThatTheVaultIsAway() {
            Suite.peers().register(post("/internal/decrypt").willReturn(Suite.json(503, "{}")));
            worker().post("/api/credentials/{id}", lasting().store().id())
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo("vault-unavailable"));
        }

        @Test
        void sayThatTheCredentialCannotBeOpened() {
            Suite.peers()
                    .register(
                            post("/internal/decrypt").willReturn(Suite.json(422, "{\"code\":\"decryption-failed\"}")));
            worker().post("/api/credentials/{id}", lasting().store().id())
                    .then()
                    .statusCode(500)
                    .body("code", equalTo("credential-unreadable"));
        }

        @Test
        void areProblemsForAMalformedId() {
            worker().post("/api/credentials/not-a-uuid").then().statusCode(404).body("success", equalTo(false));
        }
    }
}
