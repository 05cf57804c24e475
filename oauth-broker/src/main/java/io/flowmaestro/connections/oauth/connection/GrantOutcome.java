package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of a new grant that was bound to a generation. */
public sealed interface GrantOutcome {

    /**
     * Applied.
     *
     * @param summary as users see it
     */
    record Granted(JsonNode summary) implements GrantOutcome {}

    /** Somebody else has written meanwhile; nothing was changed. */
    record Moved() implements GrantOutcome {}
}
