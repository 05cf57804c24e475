package io.flowmaestro.connections.oauth.background;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.scheduled.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BackgroundRefreshTest extends ComponentTest {

    private static final String ROTATED =
            "{\"access_token\":\"new-at\",\"refresh_token\":\"new-rt\",\"expires_in\":3600}";

    @Inject
    DueRefreshes due;

    @Inject
    RefreshService refreshes;

    @Inject
    Rounds rounds;

    @Inject
    MeterRegistry metrics;

    private record Width(int atOnce, int perProvider) implements BackgroundConfig {}

    private void round() {
        new BackgroundRefresh(due, refreshes, new Width(4, 2), rounds, metrics)
                .refresh()
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static StoredCredential ending(long seconds) {
        Instant now = Instant.now();
        var stored = StoredCredential.oauth("old-at", "old-rt", now.minusSeconds(3600), now.plusSeconds(seconds))
                .store();
        Suite.peers()
                .register(put(stored.path())
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"credential_generation\":2}}")));
        return stored;
    }

    /** Handed out once; then there is nothing more. */
    private static void claimed(StoredCredential... connections) {
        String entries = Arrays.stream(connections)
                .map(stored ->
                        "{\"id\":\"%s\",\"user_id\":\"%s\",\"provider\":\"acme\",\"expires_at\":\"2026-01-01T00:00:00Z\"}"
                                .formatted(stored.id(), Suite.ALICE))
                .collect(Collectors.joining(","));
        var claim = post("/internal/refreshes/claim").inScenario("claims");
        Suite.peers()
                .register(claim.whenScenarioStateIs(Scenario.STARTED)
                        .willSetStateTo("none")
                        .willReturn(
                                Suite.json(200, "{\"success\":true,\"data\":{\"connections\":[" + entries + "]}}")));
        Suite.peers()
                .register(post("/internal/refreshes/claim")
                        .inScenario("claims")
                        .whenScenarioStateIs("none")
                        .willReturn(Suite.json(200, "{\"success\":true,\"data\":{\"connections\":[]}}")));
    }

    private static boolean published(StoredCredential stored) {
        return !Suite.requests(RequestMethod.PUT, stored.path()).isEmpty();
    }

    @Test
    void renewsWhatEndsSoonBeforeAnybodyAsks() {
        Suite.tokenAnswer(Suite.json(200, ROTATED));
        var connections = new StoredCredential[] {ending(60), ending(120), ending(10), ending(200), ending(30)};
        claimed(connections);
        round();
        assertThat(connections).allMatch(BackgroundRefreshTest::published);
        assertThat(Suite.tokenRequests()).isEqualTo(5);
        assertThat(Suite.requests(RequestMethod.POST, "/internal/refreshes/claim"))
                .as("once more, to see that nothing is left")
                .hasSize(2);
    }

    @Test
    void leavesATokenAloneWhoseTimeHasNotCome() {
        var stored = ending(3600);
        claimed(stored);
        round();
        assertThat(Suite.tokenRequests()).isZero();
    }

    @Test
    void isNotStoppedByOneThatFails() {
        Suite.tokenAnswer(Suite.json(200, ROTATED));
        var gone = StoredCredential.oauth("a", "b", Instant.now(), Instant.now());
        var stored = ending(60);
        claimed(gone, stored);
        round();
        assertThat(published(stored)).isTrue();
    }

    @Test
    void survivesTheRegistrysAbsence() {
        Suite.peers().register(post("/internal/refreshes/claim").willReturn(Suite.json(503, "{}")));
        round();
        assertThat(Suite.tokenRequests()).isZero();
    }

    @Test
    void asksTheRegistryForWhatEndsWithinTheMarginAndALittleMore() throws Exception {
        claimed();
        round();
        var claim = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(Suite.requests(RequestMethod.POST, "/internal/refreshes/claim")
                        .getFirst()
                        .getBodyAsString());
        assertThat(claim.path("limit").asInt()).isEqualTo(4);
        assertThat(claim.path("horizon_seconds").asInt()).isBetween(300, 360);
        assertThat(claim.path("claim_seconds").asInt()).isEqualTo(60);
    }
}
