package io.flowmaestro.connections.oauth.provider;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.flowmaestro.connections.oauth.testing.Calls;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InternalClientResourceTest extends ComponentTest {

    private static final String PATH = "/internal/oauth/clients";

    @Test
    void namesTheProvidersWhoseClientIsConfigured() {
        given().auth()
                .oauth2(Tokens.service("connection-registry"))
                .get(PATH)
                .then()
                .statusCode(200)
                .body("data.configured", contains("acme"));
    }

    @Test
    void leavesOutTheOthers() {
        Suite.provider("unset", "");
        given().auth()
                .oauth2(Tokens.service("connection-registry"))
                .get(PATH)
                .then()
                .statusCode(200)
                .body("data.configured", empty());
    }

    @Test
    void isForServicesOnly() {
        Calls.worker().get(PATH).then().statusCode(403);
        given().auth().oauth2(Tokens.user(Suite.ALICE)).get(PATH).then().statusCode(403);
        given().auth().oauth2(Tokens.admin()).get(PATH).then().statusCode(403);
        given().get(PATH).then().statusCode(401);
    }
}
