package io.flowmaestro.connections.oauth.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Calls to providers. */
@ConfigMapping(prefix = "connections.oauth.token")
public interface TokenConfig {

    /** How long a token request may take as a whole. Must be shorter than the refresh lease. */
    @WithDefault("20S")
    Duration timeout();

    /** How long the look-up of the account's name may take; without its answer the connection is made all the same. */
    @WithDefault("5S")
    Duration accountTimeout();

    /** Largest token or account answer, in bytes. */
    @WithDefault("262144")
    long maxAnswer();
}
