package io.flowmaestro.connections.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProblemLogTest {

    @Test
    void anUpstreamsFaultIsOneWarningWithoutAStack() {
        assertThat(lineOf("/api/greetings/refused")).satisfies(line -> {
            assertThat(line.getMessage())
                    .isEqualTo("503 service-unavailable at /api/greetings/refused: Come back later.");
            assertThat(line.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(line.getThrown()).isNull();
        });
    }

    @Test
    void aFaultOfOursIsAnErrorWithItsStack() {
        assertThat(lineOf("/api/greetings/broken")).satisfies(line -> {
            assertThat(line.getMessage()).startsWith("500 internal-error at /api/greetings/broken: ");
            assertThat(line.getLevel().intValue()).isGreaterThan(Level.WARNING.intValue());
            assertThat(line.getThrown()).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void whatIsAwayIsOneWarningAndWorthAnotherTry() {
        assertThat(lineOf("/api/greetings/away")).satisfies(line -> {
            assertThat(line.getMessage())
                    .startsWith("503 service-unavailable at /api/greetings/away: ")
                    .endsWith(" (the choir is away: AwayException)")
                    .doesNotContain("sk-1");
            assertThat(line.getLevel().intValue()).isEqualTo(Level.WARNING.intValue());
            assertThat(line.getThrown()).isNull();
        });
        given().get("/api/greetings/away").then().statusCode(503).header("Retry-After", "2");
    }

    @Test
    void aCallersFaultIsNotLogged() {
        try (var logged = new LoggedLines()) {
            given().get("/api/greetings/unprocessable").then().statusCode(422);
            given().get("/api/greetings/forbidden").then().statusCode(403);
            given().contentType("application/json")
                    .body("{")
                    .post("/api/greetings")
                    .then()
                    .statusCode(400);
            assertThat(logged.lines()).isEmpty();
        }
    }

    @Test
    void onlyADefectHasAStack() {
        assertThat(new ProblemException(FrameworkProblem.SERVICE_UNAVAILABLE, "a").getStackTrace())
                .isEmpty();
        assertThat(new ProblemException(FrameworkProblem.NOT_FOUND, "a").getStackTrace())
                .isEmpty();
        assertThat(new ProblemException(FrameworkProblem.INTERNAL_ERROR, "a").getStackTrace())
                .isNotEmpty();
    }

    private static LogRecord lineOf(String path) {
        try (var logged = new LoggedLines()) {
            given().get(path).then().statusCode(org.hamcrest.Matchers.greaterThanOrEqualTo(500));
            assertThat(logged.lines()).hasSize(1);
            return logged.lines().getFirst();
        }
    }
}
