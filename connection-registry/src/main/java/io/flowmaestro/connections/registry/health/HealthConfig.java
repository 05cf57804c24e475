package io.flowmaestro.connections.registry.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the health monitor works. */
@ConfigMapping(prefix = "registry.health")
interface HealthConfig {

    /** Tests that one replica runs at the same time; 0 turns the daily tests off. */
    @WithDefault("16")
    int atOnce();

    /** Tests of one provider's connections that one replica runs at the same time; at least 1. */
    @WithDefault("2")
    int perProvider();

    /** An owner is told so long before a connection ends that cannot be refreshed. */
    @WithDefault("72h")
    Duration expiryNotice();
}
