package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionWriter;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.GrantOutcome;
import io.flowmaestro.connections.oauth.connection.OAuthConnection;
import io.flowmaestro.connections.oauth.connection.RenewedConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.Account;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores what a provider has granted. What cannot be stored is ended at the provider, and the user is told to start again. */
@ApplicationScoped
class GrantStore {

    private static final int LONGEST_NAME = 255;
    private static final int AGAIN = 3;

    private final ConnectionWriter writer;
    private final Connections connections;
    private final UnstoredTokens unstored;

    GrantStore(ConnectionWriter writer, Connections connections, UnstoredTokens unstored) {
        this.writer = writer;
        this.connections = connections;
        this.unstored = unstored;
    }

    /**
     * A stored connection.
     *
     * @param summary as users see it
     */
    record Stored(UUID id, JsonNode summary) {}

    /** @param name of the connection; made from the account without */
    Uni<Stored> create(UUID user, Provider provider, @Nullable String name, Exchanged exchanged) {
        return create(
                user,
                provider.key(),
                name == null ? name(provider, exchanged.account()) : shortened(name),
                null,
                exchanged);
    }

    /**
     * The same for tokens of an MCP server.
     *
     * @param provider key of the connection's provider
     */
    Uni<Stored> createMcp(UUID user, String provider, String name, String serverUrl, Exchanged exchanged) {
        return create(user, provider, shortened(name), serverUrl, exchanged);
    }

    private Uni<Stored> create(
            UUID user, String provider, String name, @Nullable String mcpServerUrl, Exchanged exchanged) {
        UUID id = Generators.timeBasedEpochRandomGenerator().generate();
        var connection = new OAuthConnection(
                id,
                user,
                name,
                provider,
                mcpServerUrl,
                TokenData.write(exchanged.tokens()),
                exchanged.tokens().expiresAt(),
                exchanged.refreshable(),
                exchanged.metadata());
        return writer.create(connection)
                .map(summary -> new Stored(id, summary))
                .onFailure()
                .call(failure -> unstored.ofNew(user, id, provider, exchanged.tokens(), failure))
                .onFailure(ProblemException.class)
                .transform(GrantStore::startAgain);
    }

    /** Over whatever the connection has now. */
    Uni<Stored> renew(TakenFlow flow, UUID id, Exchanged exchanged) {
        return renew(flow, id, exchanged, AGAIN)
                .onFailure()
                .call(failure -> unstored.ofKnown(flow.user(), id, flow.provider(), exchanged.tokens(), failure))
                .onFailure(ProblemException.class)
                .transform(GrantStore::startAgain);
    }

    /** A refresh may write at the same moment, so a loser looks again. */
    private Uni<Stored> renew(TakenFlow flow, UUID id, Exchanged exchanged, int times) {
        return connections
                .require(flow.user(), id)
                .chain(former -> writer.renew(new RenewedConnection(
                        flow.id(),
                        former,
                        TokenData.write(exchanged.tokens()),
                        exchanged.tokens().expiresAt(),
                        exchanged.refreshable(),
                        exchanged.metadata())))
                .chain(outcome -> switch (outcome) {
                    case GrantOutcome.Granted granted -> Uni.createFrom().item(new Stored(id, granted.summary()));
                    case GrantOutcome.Moved _ when times > 0 -> renew(flow, id, exchanged, times - 1);
                    case GrantOutcome.Moved _ -> Uni.createFrom().failure(contested());
                });
    }

    private static ProblemException contested() {
        return new ProblemException(
                OAuthProblem.REFRESH_UNAVAILABLE, "The connection was changed again and again at this moment.");
    }

    private static Throwable startAgain(Throwable failure) {
        var problem = (ProblemException) failure;
        return new ProblemException(
                problem.code(),
                "The provider agreed, but its tokens could not be stored. %s What it issued is not used; start the connection again."
                        .formatted(problem.detail()));
    }

    private static String name(Provider provider, Account account) {
        String name = account.name() == null ? provider.name() : provider.name() + " (" + account.name() + ")";
        return shortened(name);
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }
}
