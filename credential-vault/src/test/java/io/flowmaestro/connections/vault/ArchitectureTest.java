package io.flowmaestro.connections.vault;

import io.flowmaestro.connections.architecture.HouseRules;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void holdsTheHouseRules() {
        Assertions.assertThatCode(() -> HouseRules.check("io.flowmaestro.connections.vault"))
                .doesNotThrowAnyException();
    }
}
