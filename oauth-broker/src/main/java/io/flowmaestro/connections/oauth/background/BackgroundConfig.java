package io.flowmaestro.connections.oauth.background;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Refreshing ahead of time, on every replica. */
@ConfigMapping(prefix = "connections.oauth.background")
interface BackgroundConfig {

    /** How many connections one replica refreshes at a time; 0 leaves the work to the others. */
    @WithDefault("48")
    int atOnce();

    /** How many of them may be one provider's. */
    @WithDefault("32")
    int perProvider();
}
