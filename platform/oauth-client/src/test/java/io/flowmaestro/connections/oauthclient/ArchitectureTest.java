package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void theHouseRulesHold() {
        HouseRules.check("io.flowmaestro.connections.oauthclient");
    }
}
