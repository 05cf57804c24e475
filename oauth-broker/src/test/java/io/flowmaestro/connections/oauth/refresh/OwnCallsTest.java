package io.flowmaestro.connections.oauth.refresh;

import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.attempts;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.expired;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two places at the provider's host, of which one user has one, and nobody who may wait. */
@QuarkusTest
@TestProfile(OwnCallsTest.Few.class)
class OwnCallsTest extends ComponentTest {

    /** More failures than a provider may have in a row. */
    private static final int KEPT_BACK = 6;

    private static final int SLOW_MILLIS = 4_000;

    public static class Few implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.egress.connections-per-host", "2",
                    "connections.egress.waiting-per-host", "1",
                    "connections.oauth.token.timeout", "8S",
                    "connections.oauth.refresh.lease", "10S");
        }
    }

    @Inject
    ProviderHealth health;

    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    @Test
    void thatKeepOthersOfTheUserBackAreNoFaultOfTheProvider() {
        Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(SLOW_MILLIS));
        var slow = expired().store();
        publishing(slow);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var underWay = CompletableFuture.supplyAsync(() -> use(slow).statusCode(), threads);
            await().until(() -> attempts(slow, "sent") == 1);

            for (int call = 0; call < KEPT_BACK; call++) {
                use(expired().store())
                        .then()
                        .statusCode(503)
                        .body("code", equalTo("provider-unavailable"))
                        .body("detail", containsString("own calls"));
            }

            assertThat(underWay).isNotDone();
            assertThat(health.pause(Refreshing.ACME)).isZero();
            assertThat(underWay.join()).isEqualTo(200);
            assertThat(Suite.tokenRequests()).isOne();
        }
    }
}
