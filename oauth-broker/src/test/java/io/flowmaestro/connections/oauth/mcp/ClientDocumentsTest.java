package io.flowmaestro.connections.oauth.mcp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What anybody may read of us. */
@QuarkusTest
class ClientDocumentsTest extends ComponentTest {

    @Test
    void describeAClientWithoutASecret() {
        given().get("/api/oauth/client-metadata.json")
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("public"))
                .body("client_id", equalTo("http://localhost:8080/api/oauth/client-metadata.json"))
                .body("redirect_uris", contains("http://localhost:8080/api/oauth/mcp/callback"))
                .body("grant_types", contains("authorization_code", "refresh_token"))
                .body("token_endpoint_auth_method", equalTo("none"))
                .body("client_secret", nullValue());
    }

    @Test
    void describeAClientThatSigns() {
        given().get("/api/oauth/client-metadata-signed.json")
                .then()
                .statusCode(200)
                .body("client_id", equalTo("http://localhost:8080/api/oauth/client-metadata-signed.json"))
                .body("token_endpoint_auth_method", equalTo("private_key_jwt"))
                .body("jwks_uri", equalTo("http://localhost:8080/api/oauth/jwks"));
    }

    @Test
    void showThePublicHalfOfTheKeysOnly() {
        String keys = given().get("/api/oauth/jwks")
                .then()
                .statusCode(200)
                .body("keys.size()", equalTo(1))
                .body("keys[0].kty", equalTo("EC"))
                .body("keys[0].use", equalTo("sig"))
                .extract()
                .asString();
        assertThat(keys).doesNotContain("\"d\"");
    }
}
