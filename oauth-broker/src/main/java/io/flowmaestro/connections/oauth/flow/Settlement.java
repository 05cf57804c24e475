package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;

/** Where a grant stands once the registry was asked to store it. */
sealed interface Settlement {

    /**
     * The connection has it.
     *
     * @param summary as users see it
     */
    record Stored(JsonNode summary) implements Settlement {}

    /** Somebody has changed or deleted the connection after it was first written, or instead: what is there now counts. */
    record Superseded() implements Settlement {}

    /** No connection has it, and none will: its tokens are revoked. */
    record Refused(ProblemException why) implements Settlement {}

    /** Nobody can say. The write may be done already, or be done when the registry comes to it. */
    record Unknown(ProblemException why) implements Settlement {}
}
