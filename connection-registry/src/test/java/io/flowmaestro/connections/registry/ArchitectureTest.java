package io.flowmaestro.connections.registry;

import io.flowmaestro.connections.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void keepsTheHouseRules() {
        HouseRules.check("io.flowmaestro.connections.registry");
    }
}
