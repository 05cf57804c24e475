package io.flowmaestro.connections.oauth.refresh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Keeping access tokens alive. */
@ConfigMapping(prefix = "connections.oauth.refresh")
public interface RefreshConfig {

    /** How long one replica alone may call the provider for a connection. Must outlast the token request's timeout, by a second at least. */
    @WithDefault("30S")
    Duration lease();

    /**
     * How long past its lease an attempt without an answer is left alone: its replica may stand still with the answer in
     * hand, or have it in its journal. After that the old refresh token is sent once more, for there is nothing to lose.
     */
    @WithDefault("30S")
    Duration quarantine();

    /** How long before its end a token is renewed; at most half of the token's lifetime. */
    @WithDefault("5M")
    Duration margin();

    /** How long a caller whose token is still good waits for the new one before it gets the old one. */
    @WithDefault("2S")
    Duration patience();

    /** How many tokens of one user one client may have renewed before they are due, in the long run and on this replica. */
    @WithDefault("120")
    int forcedPerMinute();

    /** How many at once. */
    @WithDefault("120")
    int forcedAtOnce();

    /** First and longest pause between two looks at a refresh that another replica makes. */
    @WithDefault("50MS")
    Duration firstPoll();

    /** See {@link #firstPoll()}. */
    @WithDefault("500MS")
    Duration longestPoll();
}
