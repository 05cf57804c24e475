package io.flowmaestro.connections.oauth.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** Clients that an administrator registered. */
@QuarkusTest
class ClientsTest extends ComponentTest {

    private static final String SCOPE = "00000000-0000-0000-0000-000000000001";
    private static final String RECORD = "0190a1ce-0000-7000-8000-0000000000c1";

    private static void catalogued(String key) {
        Suite.catalogued(key, """
                {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/acme/token"}}""".formatted(Peers.url()));
    }

    private static void registered(String key, String secret) {
        Suite.peers().register(get("/internal/oauth/clients/" + key).willReturn(Suite.json(200, """
                {"success":true,"data":{"client_id":"registered-id","secret_envelope":%s,"record_id":"%s","key_scope":"%s"}}
                """.formatted(
                        Suite.envelope(secret), RECORD, SCOPE))));
        Suite.peers().register(get("/internal/oauth/clients").willReturn(Suite.json(200, """
                {"success":true,"data":{"registered":["%s"]}}""".formatted(key))));
    }

    private static Response authorize(String key) {
        return given().auth().oauth2(Tokens.user(Suite.ALICE)).get("/api/oauth/{key}/authorize", key);
    }

    @Test
    void areUsedWhereTheEnvironmentNamesNone() {
        catalogued("registered");
        registered("registered", "registered-secret");
        authorize("registered").then().statusCode(200).body("data.auth_url", containsString("client_id=registered-id"));
        assertThat(Suite.requests(RequestMethod.POST, "/internal/decrypt"))
                .singleElement()
                .satisfies(decrypt -> {
                    assertThat(decrypt.getHeader("X-On-Behalf-Of")).isEqualTo(SCOPE);
                    assertThat(decrypt.getBodyAsString()).contains("client-secret", RECORD);
                });
    }

    @Test
    void areListedAsConfigured() {
        catalogued("listed");
        registered("listed", "s");
        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/providers")
                .then()
                .statusCode(200)
                .body("data.find { it.key == 'listed' }.configured", equalTo(true));
    }

    @Test
    void areAskedForByTheirNameWhereThereIsNone() {
        catalogued("nobodys");
        authorize("nobodys")
                .then()
                .statusCode(409)
                .body("code", equalTo("provider-not-configured"))
                .body("detail", containsString("NOBODYS_CLIENT_ID"));
    }
}
