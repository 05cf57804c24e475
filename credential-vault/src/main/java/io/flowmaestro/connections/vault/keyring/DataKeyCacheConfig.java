package io.flowmaestro.connections.vault.keyring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long and how many unwrapped data keys stay in memory. */
@ConfigMapping(prefix = "vault.data-key-cache")
interface DataKeyCacheConfig {

    /** After this time a key is fetched and unwrapped anew, used or not. */
    @WithDefault("5M")
    Duration ttl();

    /** The most keys held at once; the least used go first. */
    @WithDefault("10000")
    int maximumSize();
}
