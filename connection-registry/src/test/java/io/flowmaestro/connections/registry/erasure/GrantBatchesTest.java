package io.flowmaestro.connections.registry.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.registry.erasure.GrantRevoker.Grant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrantBatchesTest {

    private static List<Grant> grants(int... kilobytes) {
        return IntStream.of(kilobytes)
                .mapToObj(each -> new Grant(UUID.randomUUID(), "acme", "x".repeat(each * 1024)))
                .toList();
    }

    @Test
    void holdNoMoreThanTheBrokerTakesAtOnce() {
        var grants = grants(new int[45]);

        assertThat(GrantBatches.of(grants))
                .containsExactly(grants.subList(0, 20), grants.subList(20, 40), grants.subList(40, 45));
    }

    @Test
    void stayBelowTheLargestBodyAndKeepTheOrder() {
        var grants = grants(300, 300, 168, 1, 900, 5, 5);

        assertThat(GrantBatches.of(grants))
                .containsExactly(
                        grants.subList(0, 3), grants.subList(3, 4), grants.subList(4, 5), grants.subList(5, 7));
    }

    @Test
    void areNoneWhereNothingWasGranted() {
        assertThat(GrantBatches.of(List.of())).isEmpty();
    }
}
