package io.flowmaestro.connections.registry.rewrap;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How fast bulk rewraps go. */
@ConfigMapping(prefix = "registry.rewrap")
interface RewrapConfig {

    /** Rows that one replica handles in a second at most; at least 1. */
    @WithDefault("500")
    int rowsPerSecond();

    /** Users whose rows one replica handles at the same time, each with a database connection; at least 1. */
    @WithDefault("4")
    int usersAtOnce();

    /**
     * How long a run stays open at least. A connection may have been sealed just before the key was rotated and be
     * stored after the run's last row; sealing and storing together take less than this, by their timeouts.
     */
    @WithDefault("15s")
    Duration settle();
}
