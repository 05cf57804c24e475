package io.flowmaestro.connections.oauthclient;

import java.time.Duration;

/** The production limits, with short times. */
record TestLimits() implements TokenConfig {

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration accountTimeout() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration discoveryCache() {
        return Duration.ofMinutes(10);
    }

    @Override
    public long maxAnswer() {
        return 262_144;
    }
}
