package io.flowmaestro.connections.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How tokens are read. */
@ConfigMapping(prefix = "connections.identity")
interface IdentityConfig {

    /** Issuer URL of the identity provider; https unless everything runs on loopback in the local profile. */
    String issuer();

    /** The claim that identifies a user: a UUID, or any stable string, which is then mapped to one. */
    @WithDefault("sub")
    String userClaim();
}
