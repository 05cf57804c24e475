package io.flowmaestro.connections.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How tokens are read. */
@ConfigMapping(prefix = "connections.identity")
interface IdentityConfig {

    /** Issuer URL of the identity provider; https unless everything runs on loopback in the local profile. */
    String issuer();

    /**
     * The claim that identifies a user: a UUID, or any stable string, which is then mapped to one. It must be one that the
     * identity provider sets and its user cannot choose, as {@code preferred_username} can be: a value that reads like a UUID
     * is taken as that user, so whoever enters somebody else's id there is that user.
     */
    @WithDefault("sub")
    String userClaim();

    /**
     * How long a token that was verified is taken for what it is without verifying it again, and never past its end: 0S, which
     * verifies each time, but where workers make thousands of calls with the same one (oauth-broker and mcp-gateway, 60S). A
     * key that the identity provider withdraws counts for so much longer.
     */
    @WithDefault("0S")
    Duration remembered();
}
