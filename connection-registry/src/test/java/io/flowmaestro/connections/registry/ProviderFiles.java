package io.flowmaestro.connections.registry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder of provider files that component tests write to. */
public class ProviderFiles implements QuarkusTestResourceLifecycleManager {

    public static final String DIRECTORY = "target/test-providers";

    @Override
    public Map<String, String> start() {
        try {
            Files.createDirectories(Path.of(DIRECTORY));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return Map.of("CONNECTIONS_PROVIDERS_DIR", DIRECTORY);
    }

    @Override
    public void stop() {}
}
