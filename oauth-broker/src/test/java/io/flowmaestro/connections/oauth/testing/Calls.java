package io.flowmaestro.connections.oauth.testing;

import static io.restassured.RestAssured.given;

import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Requests to the broker, for Alice unless told. */
public final class Calls {

    private Calls() {}

    public static RequestSpecification worker() {
        return given().auth()
                .oauth2(Tokens.worker())
                .contentType(ContentType.JSON)
                .header("X-On-Behalf-Of", Suite.ALICE.toString());
    }

    public static RequestSpecification service(String client) {
        return given().auth().oauth2(Tokens.service(client)).header("X-On-Behalf-Of", Suite.ALICE.toString());
    }

    public static RequestSpecification registry() {
        return service("connection-registry");
    }
}
