package io.flowmaestro.connections.registry.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long things are kept. */
@ConfigMapping(prefix = "registry.retention")
interface RetentionConfig {

    /** A deleted connection can be restored for so long. */
    @WithDefault("30d")
    Duration deletedConnections();

    /** Events of connections, the audit trail. */
    @WithDefault("400d")
    Duration events();

    /** Deliveries to webhooks that ended. */
    @WithDefault("30d")
    Duration deliveries();
}
