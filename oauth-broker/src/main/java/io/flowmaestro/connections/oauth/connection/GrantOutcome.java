package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.JsonNode;

/** What the registry says to a new grant: to a connection that is to be made, or to one that is renewed. */
public sealed interface GrantOutcome {

    /**
     * Applied.
     *
     * @param summary as users see it
     */
    record Granted(JsonNode summary) implements GrantOutcome {}

    /** Somebody else has written meanwhile, or deleted what was made; nothing was changed. */
    record Moved() implements GrantOutcome {}

    /** The registry does not take it, however often it is asked; nothing was changed. */
    record Refused() implements GrantOutcome {}
}
