package io.flowmaestro.connections.registry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The folder of provider files that component tests write to. */
public class ProviderFiles implements QuarkusTestResourceLifecycleManager {

    public static final String DIRECTORY = "target/test-providers";

    @Override
    public Map<String, String> start() {
        return Map.of("CONNECTIONS_PROVIDERS_DIR", DIRECTORY);
    }

    @Override
    public void stop() {}
}
