package io.flowmaestro.connections.oauth.revocation;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.attempt.AttemptLog;
import io.flowmaestro.connections.oauth.attempt.Ending;
import io.flowmaestro.connections.oauth.attempt.Kept;
import io.flowmaestro.connections.oauth.attempt.LeftOverClaims;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.OAuthProviders;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.flowmaestro.connections.oauthclient.TokenAnswer;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One revocation from its queue to its end. A crash leaves a claim that lapses; asking a provider twice does no harm. */
@ApplicationScoped
class RevocationWork {

    /** Longer than a provider may take to answer. */
    private static final Duration CLAIM = Duration.ofMinutes(2);

    private final RevocationQueue queue;
    private final Revoker revoker;
    private final Sealing sealing;
    private final AttemptLog attempts;
    private final Connections connections;
    private final OAuthProviders providers;

    RevocationWork(
            RevocationQueue queue,
            Revoker revoker,
            Sealing sealing,
            AttemptLog attempts,
            Connections connections,
            OAuthProviders providers) {
        this.queue = queue;
        this.revoker = revoker;
        this.sealing = sealing;
        this.attempts = attempts;
        this.connections = connections;
        this.providers = providers;
    }

    /** Of a connection that was revoked or deleted. */
    Uni<Void> ofConnection(RevocationQueue.Claimed connection) {
        return revoke(
                        connection.user(),
                        connection.id(),
                        connection.provider(),
                        connection.envelope(),
                        queue.standing(connection, CLAIM))
                .chain(outcome -> queue.end(connection, outcome));
    }

    /**
     * Of what an envelope holds. Fails while the vault is away.
     *
     * @param look what hangs on the tokens; asked right before the provider is
     */
    Uni<RevocationOutcome> revoke(UUID user, UUID id, String provider, JsonNode envelope, Uni<Standing> look) {
        return sealing.open(user, id, envelope)
                .map(data -> Optional.of(TokenData.read(data)))
                .onFailure(RevocationWork::isUnreadable)
                .recoverWithItem(Optional.empty())
                .chain(tokens -> tokens.map(found -> revoker.revoke(provider, found, look))
                        .orElseGet(() -> Uni.createFrom().item(new RevocationOutcome.Refused("unreadable"))));
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CREDENTIAL_UNREADABLE;
    }

    /** Of tokens that arrived when nobody wanted them any more. */
    Uni<Void> ofTokens(LeftOverClaims.LeftOver unwanted) {
        return attempts.reopen(unwanted.user(), unwanted.attempt())
                .chain(kept -> kept.isEmpty() ? Uni.createFrom().voidItem() : end(kept.get()));
    }

    private Uni<Void> end(Kept kept) {
        return present(kept).chain(now -> end(kept, now));
    }

    private Uni<Void> end(Kept kept, Optional<StoredConnection> now) {
        return now.filter(stored -> isWaitingFor(kept, stored)).isPresent()
                ? attempts.end(kept.lease(), Ending.LEFT_OVER).replaceWithVoid()
                : variables(now).chain(variables -> revoke(kept, variables)).chain(outcome -> ended(kept, outcome));
    }

    private Uni<Void> ended(Kept kept, RevocationOutcome outcome) {
        return switch (outcome) {
            case RevocationOutcome.Unavailable _ -> Uni.createFrom().voidItem();
            case RevocationOutcome.Revoked _, RevocationOutcome.NotOffered _, RevocationOutcome.Refused _ ->
                attempts.end(kept.lease(), Ending.DISCARDED).replaceWithVoid();
        };
    }

    /** The connection, if it is still there. */
    private Uni<Optional<StoredConnection>> present(Kept kept) {
        return connections
                .require(kept.lease().user(), kept.lease().connection())
                .map(Optional::of)
                .onFailure(failure -> failure instanceof ProblemException problem
                        && problem.code() == OAuthProblem.CONNECTION_NOT_FOUND)
                .recoverWithItem(Optional.empty());
    }

    /** Its deletion was taken back after all, and these are the tokens that live: whoever finishes attempts publishes them. */
    private static boolean isWaitingFor(Kept kept, StoredConnection now) {
        return now.generation() == kept.lease().generation() && now.status() != ConnectionStatus.REVOKED;
    }

    private Uni<Map<String, String>> variables(Optional<StoredConnection> now) {
        return now.map(stored ->
                        sealing.open(stored).map(data -> TokenData.read(data).texts()))
                .orElseGet(() -> Uni.createFrom().item(Map.of()));
    }

    /** Whether there are sisters is not known here, so a provider that would end them all is left alone. */
    private Uni<RevocationOutcome> revoke(Kept kept, Map<String, String> variables) {
        String key = kept.lease().provider();
        return tokens(kept, variables)
                .onFailure(RevocationWork::isFinal)
                .recoverWithItem(Optional.empty())
                .chain(tokens -> tokens.map(found -> revoker.revoke(key, found))
                        .orElseGet(() -> Uni.createFrom().item(new RevocationOutcome.NotOffered())));
    }

    /** A provider whose addresses cannot be known without the connection: nothing that waiting would mend. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() < 500;
    }

    /** Empty where the answer was a refusal after all, or the provider has left the catalogue. */
    private Uni<Optional<OAuthTokens>> tokens(Kept kept, Map<String, String> variables) {
        String key = kept.lease().provider();
        return McpAuthorization.LABEL.equals(key)
                ? Uni.createFrom().item(ofAnMcpServer(kept))
                : providers
                        .find(key)
                        .map(found -> found.map(
                                        provider -> kept.reply().read(provider.settings(provider.known(variables))))
                                .flatMap(RevocationWork::granted)
                                .map(tokens -> tokens.with(variables)));
    }

    /** Kept with the answer is which authorization server issued them; without that no other may see them. */
    private static Optional<OAuthTokens> ofAnMcpServer(Kept kept) {
        return kept.origin()
                .map(McpAuthorization::read)
                .flatMap(issuer -> granted(kept.reply().read(issuer.settings()))
                        .map(tokens -> tokens.in(issuer.fields(kept.reply().receivedAt()))));
    }

    private static Optional<OAuthTokens> granted(TokenAnswer answer) {
        return switch (answer) {
            case TokenAnswer.Granted granted -> Optional.of(granted.grant().tokens(List.of()));
            case TokenAnswer.Refused _, TokenAnswer.Unavailable _ -> Optional.empty();
        };
    }
}
