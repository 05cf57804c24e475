package io.flowmaestro.connections.registry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Lets runs end at once: no test seals before a rotation and stores after it. */
public class RewrapSettings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("registry.rewrap.settle", "0s", "registry.rewrap.rows-per-second", "5000");
    }

    @Override
    public void stop() {}
}
