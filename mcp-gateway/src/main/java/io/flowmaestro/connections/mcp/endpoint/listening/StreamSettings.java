package io.flowmaestro.connections.mcp.endpoint.listening;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Streams to clients that stand for what servers tell while no call is under way. */
@ConfigMapping(prefix = "connections.mcp.streams")
public interface StreamSettings {

    /** How many there may be, per replica. */
    @WithDefault("10000")
    int most();

    /** The same of one user. */
    @WithDefault("64")
    int mostPerUser();

    /** How long one stands; then the client opens another, with a token that still holds. */
    @WithDefault("30M")
    Duration longest();

    /** How often it is said that there is nothing to say. Below the 60 s after which many a proxy closes a silent connection. */
    @WithDefault("20S")
    Duration beat();

    /** Resources of which one client may want the updates. */
    @WithDefault("64")
    int mostSubscriptions();
}
