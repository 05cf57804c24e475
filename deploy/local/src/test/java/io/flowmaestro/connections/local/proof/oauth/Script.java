package io.flowmaestro.connections.local.proof.oauth;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** How one of the scripted providers behaves right now. */
public final class Script {
    /** Token requests wait here once their token was redeemed, before they are answered. */
    final HoldPoint answers = new HoldPoint();

    /** Codes that somebody tried to exchange. */
    final LongAdder exchanges = new LongAdder();

    /** Token requests of any kind. */
    final LongAdder requests = new LongAdder();

    volatile Duration grace = Duration.ZERO;
    public volatile Duration delay = Duration.ZERO;
    public volatile Duration lifetime = Duration.ofHours(1);
    volatile Fault fault = Fault.NONE;
    /** Whether a fault strikes after the refresh token was redeemed, so that the answer with the new one is lost. */
    volatile boolean redeemsBeforeFault;
    /** After which a stalling provider ends the connection. */
    volatile Duration stall = Duration.ofSeconds(10);
}
