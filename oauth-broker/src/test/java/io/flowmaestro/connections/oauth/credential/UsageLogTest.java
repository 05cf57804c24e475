package io.flowmaestro.connections.oauth.credential;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.testing.Calls.registry;
import static io.flowmaestro.connections.oauth.testing.Calls.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.usage.UsageReports;
import io.flowmaestro.connections.usage.UsageSlot;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UsageLogTest extends ComponentTest {

    @Inject
    UsageReports reports;

    private static StoredCredential stored() {
        return StoredCredential.of("api_key", "unheard-of", "{\"api_key\":\"CANARY-key\"}")
                .store();
    }

    private static List<JsonNode> eventsOf(StoredCredential stored) {
        return Suite.requests(RequestMethod.POST, "/internal/usage").stream()
                .map(UsageLogTest::json)
                .flatMap(report -> report.path("events").valueStream())
                .filter(event ->
                        event.path("connection_id").asText().equals(stored.id().toString()))
                .toList();
    }

    /** Those that came within a moment are counted in one event. */
    static int usesOf(StoredCredential stored) {
        return eventsOf(stored).stream()
                .mapToInt(event -> event.path("details").path("uses").asInt(1))
                .sum();
    }

    private static JsonNode json(LoggedRequest request) {
        try {
            return new ObjectMapper().readTree(request.getBodyAsString());
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void eachCredentialThatIsHandedOutIsReported() {
        var stored = stored();
        worker().post("/api/credentials/{id}", stored.id()).then().statusCode(200);
        worker().post("/api/credentials/{id}", stored.id()).then().statusCode(200);

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(usesOf(stored)).isEqualTo(2));
        assertThat(eventsOf(stored)).allSatisfy(event -> {
            assertThat(event.path("type").asText()).isEqualTo("used");
            assertThat(event.path("actor").asText()).isEqualTo("worker");
            assertThat(event.path("via").asText()).isEqualTo("worker");
            assertThat(event.path("trace_id").asText()).matches("[0-9a-f]{32}");
            assertThat(event.toString()).doesNotContain("CANARY");
        });
        assertThat(Suite.requests(RequestMethod.POST, "/internal/usage"))
                .allSatisfy(request ->
                        assertThat(request.getHeader("X-On-Behalf-Of")).isEqualTo(Suite.ALICE.toString()));
    }

    @Test
    void neitherARefusalNorATestIsReported() {
        var tested = stored();
        registry()
                .post("/internal/connections/{id}/credential-for-test", tested.id())
                .then()
                .statusCode(200);
        var refused = stored().withStatus("revoked").store();
        worker().post("/api/credentials/{id}", refused.id()).then().statusCode(409);
        var last = stored();
        worker().post("/api/credentials/{id}", last.id()).then().statusCode(200);

        await().atMost(Duration.ofSeconds(5)).until(() -> eventsOf(last).size() == 1);
        assertThat(eventsOf(tested)).isEmpty();
        assertThat(eventsOf(refused)).isEmpty();
    }

    @Test
    void noCredentialLeavesWhoseUseCannotBeRecorded() {
        Suite.peers().register(post("/internal/usage").willReturn(Suite.json(503, "{}")));
        var stored = stored();
        List<UsageSlot> places = new ArrayList<>();
        try {
            fill(places);
            worker().post("/api/credentials/{id}", stored.id())
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "5")
                    .body("code", equalTo("usage-buffer-full"));
            assertThat(Suite.requests(RequestMethod.GET, stored.path())).isEmpty();
        } finally {
            places.forEach(UsageSlot::release);
        }
        worker().post("/api/credentials/{id}", stored.id()).then().statusCode(200);
    }

    private void fill(List<UsageSlot> places) {
        while (places.size() < 100_000) {
            try {
                places.add(reports.reserve());
            } catch (ProblemException full) {
                return;
            }
        }
        throw new AssertionError("the buffer has no bound");
    }
}
