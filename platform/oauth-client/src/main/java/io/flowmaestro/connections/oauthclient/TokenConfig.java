package io.flowmaestro.connections.oauthclient;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Calls to providers. */
@ConfigMapping(prefix = "connections.oauth.token")
public interface TokenConfig {

    /** How long a token request may take as a whole. Must be shorter than the refresh lease. */
    @WithDefault("20S")
    Duration timeout();

    /** How long a look-up may take: of the account's name, without which the connection is made all the same, of an issuer's
     *  metadata, of a pushed request. */
    @WithDefault("5S")
    Duration accountTimeout();

    /** How long an issuer's metadata is used before it is read again. */
    @WithDefault("10M")
    Duration discoveryCache();

    /** Largest token or account answer, or issuer's metadata, in bytes. */
    @WithDefault("262144")
    long maxAnswer();
}
