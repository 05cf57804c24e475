package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.http.ProblemException;

/** What a refresh came to, for everybody who waited for it. */
sealed interface RefreshOutcome {

    /** The newest tokens, whoever fetched them. */
    record Renewed(OpenConnection connection) implements RefreshOutcome {}

    /** The connection can no longer be used at all: its grant is dead, or it was revoked or deleted meanwhile. */
    record Withdrawn(ProblemException problem) implements RefreshOutcome {}

    /** No new tokens now; the connection is as it was. */
    record Postponed(ProblemException problem) implements RefreshOutcome {}
}
