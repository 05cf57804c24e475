package io.flowmaestro.connections.oauth;

import io.flowmaestro.connections.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theHouseRulesHold() {
        HouseRules.check("io.flowmaestro.connections.oauth");
    }
}
