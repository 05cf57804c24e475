package io.flowmaestro.connections.registry.proof;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Few pooled connections, so that users take turns on them; and no port that anything on the internet listens on. */
public class ProofSettings implements QuarkusTestResourceLifecycleManager {

    public static final int POOL = 4;

    @Override
    public Map<String, String> start() {
        return Map.of("quarkus.datasource.reactive.max-size", Integer.toString(POOL), "connections.egress.ports", "1");
    }

    @Override
    public void stop() {}
}
