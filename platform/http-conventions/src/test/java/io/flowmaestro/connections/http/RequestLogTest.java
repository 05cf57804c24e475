package io.flowmaestro.connections.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(Debugging.class)
class RequestLogTest {

    private static final String CANARY = "Canary-7f3a";

    @Test
    void oneVariableRaisesTheSuitesOwnLoggersAndNoOthers() {
        assertThat(Logger.getLogger("io.flowmaestro.connections.anything").isDebugEnabled())
                .isTrue();
        assertThat(Logger.getLogger("io.vertx.core").isDebugEnabled()).isFalse();
    }

    @Test
    void saysWhatWasAskedAndHowItEnded() {
        try (var logged = new LoggedLines(Level.ALL)) {
            given().get("/api/greetings/refused").then().statusCode(503);

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(requests(logged))
                            .singleElement()
                            .asString()
                            .matches("GET /api/greetings/refused was answered 503 after [0-9]+ ms"));
        }
    }

    @Test
    void neverShowsASecretWhereverTheRequestHasIt() {
        try (var logged = new LoggedLines(Level.ALL)) {
            given().header("Authorization", "Bearer " + CANARY)
                    .header("X-Key", CANARY)
                    .cookie("session", CANARY)
                    .queryParam("code", CANARY)
                    .contentType("application/json")
                    .body("{\"name\": \"" + CANARY + "\"}")
                    .post("/api/greetings/" + CANARY)
                    .then()
                    .statusCode(404);

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(requests(logged))
                            .singleElement()
                            .asString()
                            .startsWith("POST /api/greetings/* was answered 404"));
            assertThat(logged.lines()).allSatisfy(line -> assertThat(text(line)).doesNotContain(CANARY));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/connections, /api/connections",
        "/api/connections/0197c2a0-0000-7000-8000-000000000001/tools, /api/connections/0197c2a0-0000-7000-8000-000000000001/tools",
        "/api/oauth/github/callback, /api/oauth/github/callback",
        "/api/credentials/ghp_16C7e42F292c6912E7, /api/credentials/*",
        "/api/%0Aforged, /api/*"
    })
    void showsWordsAndIdsOfAPathAlone(String path, String shown) {
        assertThat(RequestLog.shown(path)).isEqualTo(shown);
    }

    private static List<String> requests(LoggedLines logged) {
        return logged.lines().stream()
                .filter(line -> line.getLoggerName().equals(RequestLog.class.getName()))
                .map(RequestLogTest::text)
                .toList();
    }

    private static String text(LogRecord line) {
        return new SimpleFormatter().formatMessage(line);
    }
}
