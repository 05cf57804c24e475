package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.revocation.Revoker;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tokens that a provider has just issued and that could not be stored. Nobody will use them, so they are revoked there:
 * once, and as well as it goes. What a connection turns out to hold is left alone, for a write may have been done whose
 * answer was lost, and some providers issue the same token again. A crash before leaves them to lapse.
 */
@ApplicationScoped
class UnstoredTokens {

    private static final Logger LOG = Logger.getLogger(UnstoredTokens.class);
    private static final String LEFT = "left";

    private final Connections connections;
    private final Sealing sealing;
    private final Revoker revoker;
    private final MeterRegistry metrics;

    UnstoredTokens(Connections connections, Sealing sealing, Revoker revoker, MeterRegistry metrics) {
        this.connections = connections;
        this.sealing = sealing;
        this.revoker = revoker;
        this.metrics = metrics;
    }

    /** Of a connection that was to be made. Where nobody can say whether it was, its user starts again, so they end. Never fails. */
    Uni<Void> ofNew(UUID user, UUID id, String provider, OAuthTokens tokens, Throwable why) {
        return end(user, id, provider, tokens, why, false);
    }

    /** Of a connection that exists. Where nobody can say what it holds they are left alone, for it may be these. Never fails. */
    Uni<Void> ofKnown(UUID user, UUID id, String provider, OAuthTokens tokens, Throwable why) {
        return end(user, id, provider, tokens, why, true);
    }

    private Uni<Void> end(
            UUID user, UUID id, String provider, OAuthTokens tokens, Throwable why, boolean heldIfUnknown) {
        return isHeld(user, id, tokens, heldIfUnknown)
                .chain(held -> held ? Uni.createFrom().item(LEFT) : revoke(provider, tokens))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debugf(failure, "Tokens of %s are left to lapse", provider);
                    return "failed";
                })
                .invoke(outcome -> told(id, provider, outcome, why))
                .replaceWithVoid();
    }

    private Uni<Boolean> isHeld(UUID user, UUID id, OAuthTokens tokens, boolean otherwise) {
        return connections
                .require(user, id)
                .chain(sealing::open)
                .map(data -> TokenData.read(data).overlaps(tokens))
                .onFailure()
                .recoverWithItem(failure -> !isMissing(failure) && otherwise);
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CONNECTION_NOT_FOUND;
    }

    /** Whether the user has other connections is not known here, so a provider that would end them all is left alone. */
    private Uni<String> revoke(String provider, OAuthTokens tokens) {
        return revoker.revoke(provider, tokens).map(outcome -> switch (outcome) {
            case RevocationOutcome.Revoked _ -> "revoked";
            case RevocationOutcome.NotOffered _ -> LEFT;
            case RevocationOutcome.Refused _ -> "refused";
            case RevocationOutcome.Unavailable _ -> "unavailable";
        });
    }

    private void told(UUID id, String provider, String outcome, Throwable why) {
        metrics.counter("connections.oauth.unstored.grants", "outcome", outcome).increment();
        LOG.warnf(
                "What %s granted could not be stored as connection %s (%s); at the provider: %s",
                provider, id, why.getMessage(), outcome);
    }
}
