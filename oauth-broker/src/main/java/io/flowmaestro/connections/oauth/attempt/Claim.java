package io.flowmaestro.connections.oauth.attempt;

import java.time.Duration;
import java.util.UUID;

/** What asking for the lease came to. */
public sealed interface Claim {

    /** The provider may be called. */
    record Leased(Lease lease) implements Claim {}

    /** Somebody else is at it. */
    record Held() implements Claim {}

    /** The last refresh failed, and the next is not due. */
    record Resting(Duration left) implements Claim {}

    /** An answer may still turn up: in another replica's journal, or in a process that stands still. */
    record Quarantined(Duration left) implements Claim {}

    /** The answer is here already and was not published, which anybody may make up for. */
    record Unpublished(UUID attempt) implements Claim {}

    /** Newer tokens were published. */
    record Moved() implements Claim {}
}
