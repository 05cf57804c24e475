package io.flowmaestro.connections.oauth.provider;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ProviderResourceTest extends ComponentTest {

    @ParameterizedTest
    @CsvSource({"acme,true", "unset,false"})
    void saysWhetherTheOperatorRegisteredAClient(String key, boolean configured) {
        Suite.provider(key, "");
        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/providers")
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data[0].key", equalTo(key))
                .body("data[0].configured", equalTo(configured));
    }

    @Test
    void leavesOutProvidersWithoutAnOAuthMethod() {
        Suite.catalogued("keyed", "{\"api_key\":{\"base\":\"https://keyed.example\"}}");
        given().auth()
                .oauth2(Tokens.user(Suite.ALICE))
                .get("/api/oauth/providers")
                .then()
                .statusCode(200)
                .body("data.size()", equalTo(0));
    }

    @Test
    void needsAUser() {
        given().get("/api/oauth/providers").then().statusCode(401);
        given().auth().oauth2(Tokens.admin()).get("/api/oauth/providers").then().statusCode(403);
        given().auth()
                .oauth2(Tokens.otherAudience(Suite.ALICE))
                .get("/api/oauth/providers")
                .then()
                .statusCode(401);
    }
}
