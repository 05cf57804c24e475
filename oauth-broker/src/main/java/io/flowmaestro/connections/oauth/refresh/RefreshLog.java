package io.flowmaestro.connections.oauth.refresh;

import io.flowmaestro.connections.oauth.attempt.Claim;
import org.jboss.logging.Logger;

/** DEBUG lines on what is decided about a refresh, by the connection's id alone. */
final class RefreshLog {

    private static final Logger LOG = Logger.getLogger(RefreshLog.class);

    private RefreshLog() {}

    static void claimed(OpenConnection seen, Claim claim) {
        if (LOG.isDebugEnabled()) {
            LOG.debugf(
                    "Refresh of connection %s at generation %d: %s",
                    seen.stored().id(), seen.generation(), decision(claim));
        }
    }

    static void ended(OpenConnection seen, RefreshOutcome outcome) {
        if (LOG.isDebugEnabled()) {
            LOG.debugf(
                    "Refresh of connection %s at generation %d ended: %s",
                    seen.stored().id(), seen.generation(), end(outcome));
        }
    }

    private static String decision(Claim claim) {
        return switch (claim) {
            case Claim.Leased _ -> "this replica asks the provider";
            case Claim.Held _ -> "another call or replica is at it, and is waited for";
            case Claim.Moved _ -> "it has been renewed already";
            case Claim.Unpublished _ -> "the answer is here already, and is published";
            case Claim.Resting resting -> "left alone for %s after a failure".formatted(resting.left());
            case Claim.Quarantined quarantined -> "an answer may still turn up within %s".formatted(quarantined.left());
        };
    }

    private static String end(RefreshOutcome outcome) {
        return switch (outcome) {
            case RefreshOutcome.Renewed renewed ->
                "renewed, generation " + renewed.connection().generation();
            case RefreshOutcome.Withdrawn withdrawn ->
                "withdrawn, " + withdrawn.problem().code().code();
            case RefreshOutcome.Postponed postponed ->
                "postponed, " + postponed.problem().code().code();
        };
    }
}
