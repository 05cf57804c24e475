package io.flowmaestro.connections.registry.testing;

import static io.flowmaestro.connections.registry.Registry.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class TestRatesTest {

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    /** Of nothing that is stored, so that nothing but the rate answers for long. */
    private static Response test(UUID user) {
        return as(user).post("/api/connections/{id}/test", UUID.randomUUID());
    }

    @Test
    void holdOneUserAndNoOther() {
        UUID eager = UUID.randomUUID();
        var refused = IntStream.range(0, 400)
                .mapToObj(_ -> test(eager))
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(refused.path("code").toString()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        as(eager)
                .post("/api/connections/{id}/refresh-tools", UUID.randomUUID())
                .then()
                .statusCode(429);
        as(eager).body("{}").post("/api/connections/test").then().statusCode(429);
        test(UUID.randomUUID()).then().statusCode(404);
    }

    /** Many at once get no more through than many in a row. */
    @Test
    void holdAUserWhoSendsEverythingAtOnce() {
        UUID eager = UUID.randomUUID();
        long began = System.nanoTime();
        var statuses = IntStream.range(0, 300)
                .parallel()
                .mapToObj(_ -> test(eager).statusCode())
                .toList();

        assertThat(statuses).containsOnly(404, 429);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
        assertThat(statuses)
                .filteredOn(status -> status == 404)
                .as("120 at once, and two for each second that it took")
                .hasSizeLessThanOrEqualTo((int) (120 + 2 * seconds));
    }
}
