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
 * Tokens that a provider has just issued and that no connection has. Nobody will use them, so they are revoked there. What a
 * connection turns out to hold is left alone, for some providers issue the same token again.
 */
@ApplicationScoped
class UnstoredTokens {

    private static final Logger LOG = Logger.getLogger(UnstoredTokens.class);
    private static final String LEFT = "left";
    private static final String FAILED = "failed";
    private static final String UNAVAILABLE = "unavailable";

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

    /** Of a connection that the registry was never asked to make: once, and as well as it goes. Never fails. */
    Uni<Void> ofNew(UUID id, String provider, OAuthTokens tokens, Throwable why) {
        return once(id, provider, revoke(provider, tokens), why);
    }

    /**
     * The same of one that exists, and that the registry was never asked to renew. Where nobody can say what it holds they are
     * left alone, for it may be these.
     */
    Uni<Void> ofKnown(UUID user, UUID id, String provider, OAuthTokens tokens, Throwable why) {
        return once(
                id, provider, unlessHeld(user, id, provider, tokens).onFailure().recoverWithItem(LEFT), why);
    }

    private Uni<Void> once(UUID id, String provider, Uni<String> end, Throwable why) {
        return end.onFailure()
                .recoverWithItem(failure -> {
                    LOG.debugf(failure, "Tokens of %s are left to lapse", provider);
                    return FAILED;
                })
                .invoke(outcome -> told(id, provider, outcome, why))
                .replaceWithVoid();
    }

    /** Of a grant that the registry refused. False: provider, registry or vault are away, and it has to be tried again. */
    Uni<Boolean> ofRefused(PendingGrant grant, Throwable why) {
        return sealing.open(grant.user(), grant.connection(), grant.envelope())
                .map(TokenData::read)
                .chain(tokens -> isHeld(grant, tokens)
                        .chain(held -> held ? Uni.createFrom().item(LEFT) : revoke(grant.provider(), tokens)))
                // What cannot be opened is tried again as well: its key version may come back.
                .onFailure()
                .recoverWithItem(UNAVAILABLE)
                .invoke(outcome -> {
                    if (!grant.refused() || !outcome.equals(UNAVAILABLE)) {
                        told(grant.connection(), grant.provider(), outcome, why);
                    }
                })
                .map(outcome -> !outcome.equals(UNAVAILABLE));
    }

    /** Of a grant whose connection has other tokens by now: whether these were among them before nobody knows any more. */
    void superseded(PendingGrant grant) {
        metrics.counter("connections.oauth.unstored.grants", "outcome", LEFT).increment();
        LOG.warnf(
                "Connection %s has changed since %s granted it something; that is left alone",
                grant.connection(), grant.provider());
    }

    /** Of a grant of which nobody knows yet whether it is stored. */
    void waiting() {
        metrics.counter("connections.oauth.unstored.grants", "outcome", "waiting")
                .increment();
    }

    private Uni<String> unlessHeld(UUID user, UUID id, String provider, OAuthTokens tokens) {
        return isHeld(user, id, tokens).chain(held -> held ? Uni.createFrom().item(LEFT) : revoke(provider, tokens));
    }

    /** A connection of that id is the one that was to be made, whatever refreshes have made of its tokens. */
    private Uni<Boolean> isHeld(PendingGrant grant, OAuthTokens tokens) {
        return grant.target() instanceof PendingGrant.Made
                ? connections
                        .require(grant.user(), grant.connection())
                        .map(_ -> true)
                        .onFailure(UnstoredTokens::isMissing)
                        .recoverWithItem(false)
                : isHeld(grant.user(), grant.connection(), tokens);
    }

    /** What cannot be opened may be these. Fails while that cannot be looked at. */
    private Uni<Boolean> isHeld(UUID user, UUID id, OAuthTokens tokens) {
        return connections
                .require(user, id)
                .chain(stored -> sealing.open(stored)
                        .map(data -> TokenData.read(data).overlaps(tokens))
                        .onFailure(UnstoredTokens::isUnreadable)
                        .recoverWithItem(true))
                .onFailure(UnstoredTokens::isMissing)
                .recoverWithItem(false);
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CONNECTION_NOT_FOUND;
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CREDENTIAL_UNREADABLE;
    }

    /** Whether the user has other connections is not known here, so a provider that would end them all is left alone. */
    private Uni<String> revoke(String provider, OAuthTokens tokens) {
        return revoker.revoke(provider, tokens).map(outcome -> switch (outcome) {
            case RevocationOutcome.Revoked _ -> "revoked";
            case RevocationOutcome.NotOffered _ -> LEFT;
            case RevocationOutcome.Refused _ -> "refused";
            case RevocationOutcome.Unavailable _ -> UNAVAILABLE;
        });
    }

    private void told(UUID id, String provider, String outcome, Throwable why) {
        metrics.counter("connections.oauth.unstored.grants", "outcome", outcome).increment();
        LOG.warnf(
                "What %s granted could not be stored as connection %s (%s); at the provider: %s",
                provider, id, why.getMessage(), outcome);
    }
}
