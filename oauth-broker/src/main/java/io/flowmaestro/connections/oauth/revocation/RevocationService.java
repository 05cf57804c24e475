package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.GrantsUnderWay;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.connection.WriteOutcome;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.refresh.OpenConnection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** Ends connections for their users. */
@ApplicationScoped
class RevocationService {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int AGAIN = 3;
    private static final String REASON = "its owner has revoked it";

    private final Connections connections;
    private final Sealing sealing;
    private final GrantsUnderWay grants;

    RevocationService(Connections connections, Sealing sealing, GrantsUnderWay grants) {
        this.connections = connections;
        this.sealing = sealing;
        this.grants = grants;
    }

    /**
     * Calls off what was granted before and is not stored: it would bring the connection back. Then marks it: from then on nobody uses it. A crash right after leaves a revoked connection whose
     * tokens still live at the provider, and the registry's queue of revocations ends them.
     */
    Uni<RevokedView> revoke(UUID user, String provider, UUID id) {
        return connections
                .require(user, id)
                .map(stored -> requireRevocable(stored, provider))
                .call(this::requireTokens)
                .call(() -> grants.callOff(user, id))
                .chain(stored -> mark(stored, AGAIN))
                .replaceWith(new RevokedView(id, provider, ConnectionStatus.REVOKED.wireName()));
    }

    /** An MCP connection may hold a key as well. What cannot be opened is revoked all the same: nothing else can be done with it. */
    private Uni<Void> requireTokens(StoredConnection stored) {
        return stored.method() != ConnectionMethod.MCP
                ? Uni.createFrom().voidItem()
                : sealing.open(stored)
                        .map(data -> OpenConnection.of(stored, data).isPresent())
                        .onFailure(RevocationService::isUnreadable)
                        .recoverWithItem(true)
                        .invoke(tokens -> {
                            if (!tokens) {
                                throw notOAuth();
                            }
                        })
                        .replaceWithVoid();
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CREDENTIAL_UNREADABLE;
    }

    private static ProblemException notOAuth() {
        return new ProblemException(
                OAuthProblem.CONNECTION_NOT_REFRESHABLE,
                "Only OAuth connections can be revoked at their provider; delete this one, and withdraw its credential there.");
    }

    /** A refresh may move the generation at this moment; the user's word counts for whatever is there then. */
    private Uni<Void> mark(StoredConnection stored, int times) {
        return connections.mark(stored, ConnectionStatus.REVOKED, REASON).chain(outcome -> switch (outcome) {
            case WriteOutcome.Written _ -> Uni.createFrom().voidItem();
            case WriteOutcome.Moved _
            when times > 0 -> connections.require(stored.owner(), stored.id()).chain(now -> mark(now, times - 1));
            case WriteOutcome.Moved _ ->
                Uni.createFrom()
                        .failure(new ProblemException(
                                        OAuthProblem.REFRESH_UNAVAILABLE,
                                        "The connection was changed again and again at this moment. Try again.")
                                .retryAfter(RETRY));
        });
    }

    private static StoredConnection requireRevocable(StoredConnection stored, String provider) {
        if (!stored.isOf(provider)) {
            throw new ProblemException(
                    OAuthProblem.CONNECTION_NOT_FOUND, "There is no such connection. It may have been deleted.");
        }
        if (!stored.mayHoldTokens()) {
            throw notOAuth();
        }
        return stored;
    }
}
