package io.flowmaestro.connections.testing;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What holds of every service as it is shipped, in a process of its own and in the local profile: on the JVM, and as a native
 * program where {@code -Dnative} made one. Tests go through HTTP alone; what a service needs comes from the resources of its
 * component tests.
 */
public abstract class PackagedService {

    private static final Duration START = Duration.ofSeconds(30);

    /** An endpoint that nobody reaches without a token, by GET. */
    protected abstract String guarded();

    /** A service listens before it can work: a vault knows its keys only once it has asked the database. */
    @BeforeEach
    void getsReady() {
        await().atMost(START).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @Test
    void saysThatItIsReady() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/started").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void refusesACallWithoutATokenWithAProblem() {
        given().get(guarded())
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("success", equalTo(false))
                .body("code", equalTo("unauthorized"))
                .body("type", startsWith("urn:"));
    }

    @Test
    void refusesATokenOfAnotherAudienceWithAProblem() {
        given().auth()
                .oauth2(Tokens.otherAudience(UUID.randomUUID()))
                .get(guarded())
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("unauthorized"));
    }

    @Test
    void answersAProblemToAPathThatIsNotThere() {
        given().auth()
                .oauth2(Tokens.admin())
                .get("/internal/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not-found"));
    }

    @Test
    void measuresWhatItDoes() {
        given().get("/q/metrics").then().statusCode(200).body(containsString("http_server_requests_seconds_count"));
    }
}
