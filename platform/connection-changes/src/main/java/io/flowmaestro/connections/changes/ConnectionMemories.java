package io.flowmaestro.connections.changes;

import io.flowmaestro.connections.settings.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Makes the memories of a service; all keep what they hold for the same time. */
@Startup
@Singleton
public class ConnectionMemories {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ConnectionChanges changes;
    private final Duration kept;
    private final MeterRegistry metrics;

    ConnectionMemories(ConnectionChanges changes, ChangesConfig config, MeterRegistry metrics) {
        if (config.remembered().compareTo(LONGEST) > 0) {
            throw new ConfigurationException(Refusal.of(
                    List.of("CONNECTIONS_CHANGES_REMEMBERED (connections.changes.remembered) must be at most 30S:"
                            + " plaintext lives no longer.")));
        }
        this.changes = changes;
        this.kept = config.remembered();
        this.metrics = metrics;
    }

    /**
     * A memory of its own.
     *
     * @param name of the cache in its metrics
     */
    public <T> ConnectionMemory<T> named(String name) {
        return new ConnectionMemory<>(changes, name, kept, metrics);
    }
}
