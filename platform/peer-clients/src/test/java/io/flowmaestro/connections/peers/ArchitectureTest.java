package io.flowmaestro.connections.peers;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.flowmaestro.connections.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsToTheHouseRules() {
        assertThatCode(() -> HouseRules.check("io.flowmaestro.connections.peers"))
                .doesNotThrowAnyException();
    }
}
