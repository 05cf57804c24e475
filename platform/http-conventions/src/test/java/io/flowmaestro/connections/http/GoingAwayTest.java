package io.flowmaestro.connections.http;

import static io.restassured.RestAssured.given;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Debugging.class)
class GoingAwayTest {

    @Inject
    Event<ShutdownDelayInitiatedEvent> stop;

    /** Once going, the service of this profile stays so: what is asserted before is asserted in the same test. */
    @Test
    void aReplicaThatIsToldToStopServesOnAndLetsGoOfEachConnection() {
        given().get("/api/greetings/contested").then().header("Connection", Matchers.not("close"));

        stop.fire(new ShutdownDelayInitiatedEvent());

        given().get("/api/greetings/contested")
                .then()
                .statusCode(Matchers.not(503))
                .header("Connection", "close");
        given().get("/no/such/path").then().statusCode(404).header("Connection", "close");
    }
}
