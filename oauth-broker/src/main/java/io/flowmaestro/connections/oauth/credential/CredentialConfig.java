package io.flowmaestro.connections.oauth.credential;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Handing out credentials. */
@ConfigMapping(prefix = "connections.oauth.credentials")
interface CredentialConfig {

    /** How many credentials of one user one client may ask for per second, in the long run and on this replica; at least 1. */
    @WithDefault("200")
    int ratePerSecond();

    /** How many it may ask for at once; at least 1. */
    @WithDefault("1000")
    int rateBurst();
}
