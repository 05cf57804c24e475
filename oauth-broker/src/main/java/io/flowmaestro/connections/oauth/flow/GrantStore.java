package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.uuid.Generators;
import io.flowmaestro.connections.egress.ShownUrl;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.ConnectionWriter;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.Account;
import io.flowmaestro.connections.oauthclient.TokenData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores what a provider has granted. What cannot be stored is ended at the provider, and the user is told to start again;
 * where it is not known whether it was stored, {@link PendingGrants} find out, and the user is told that.
 */
@ApplicationScoped
class GrantStore {

    private static final int LONGEST_NAME = 255;

    private final ConnectionWriter writer;
    private final PendingGrants pending;
    private final UnstoredTokens unstored;
    private final Clock clock;

    GrantStore(ConnectionWriter writer, PendingGrants pending, UnstoredTokens unstored, Clock clock) {
        this.writer = writer;
        this.pending = pending;
        this.unstored = unstored;
        this.clock = clock;
    }

    /**
     * A stored connection.
     *
     * @param summary as users see it
     */
    record Stored(UUID id, JsonNode summary) {}

    /** For whom a grant is, and the flow that brought it; null where nobody signed in. */
    record Owner(UUID user, @Nullable UUID flow) {
        static Owner of(TakenFlow flow) {
            return new Owner(flow.user(), flow.id());
        }
    }

    /** @param name of the connection; made from the account without */
    Uni<Stored> create(Owner owner, Provider provider, @Nullable String name, Exchanged exchanged) {
        return create(
                owner,
                provider.key(),
                new PendingGrant.Made(name == null ? name(provider, exchanged.account()) : shortened(name), null),
                exchanged);
    }

    /**
     * The same for tokens of an MCP server.
     *
     * @param provider key of the connection's provider
     */
    Uni<Stored> createMcp(Owner owner, String provider, String name, String serverUrl, Exchanged exchanged) {
        return create(owner, provider, new PendingGrant.Made(shortened(name), ShownUrl.of(serverUrl)), exchanged);
    }

    private Uni<Stored> create(Owner owner, String provider, PendingGrant.Made made, Exchanged exchanged) {
        UUID id = Generators.timeBasedEpochRandomGenerator().generate();
        return sealed(owner, id, id, provider, made, exchanged)
                .call(pending::keep)
                .onFailure()
                .call(failure -> unstored.ofNew(id, provider, exchanged.tokens(), failure))
                .onFailure(ProblemException.class)
                .transform(GrantStore::startAgain)
                .chain(this::store);
    }

    /** Over whatever the connection has now. */
    Uni<Stored> renew(TakenFlow flow, UUID id, Exchanged exchanged) {
        return sealed(Owner.of(flow), flow.id(), id, flow.provider(), new PendingGrant.Renewed(), exchanged)
                .call(pending::keep)
                .onFailure()
                .call(failure -> unstored.ofKnown(flow.user(), id, flow.provider(), exchanged.tokens(), failure))
                .onFailure(ProblemException.class)
                .transform(GrantStore::startAgain)
                .chain(this::store);
    }

    private Uni<PendingGrant> sealed(
            Owner owner, UUID id, UUID connection, String provider, PendingGrant.Target target, Exchanged exchanged) {
        return writer.seal(owner.user(), connection, TokenData.write(exchanged.tokens()))
                .map(envelope -> new PendingGrant(
                        id,
                        owner.user(),
                        connection,
                        owner.flow(),
                        provider,
                        target,
                        envelope,
                        asKept(exchanged.tokens().expiresAt()),
                        exchanged.refreshable(),
                        exchanged.metadata(),
                        false,
                        clock.instant()));
    }

    /** PostgreSQL keeps microseconds, and the write is to be the same each time. */
    private static @Nullable Instant asKept(@Nullable Instant moment) {
        return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
    }

    private Uni<Stored> store(PendingGrant grant) {
        return pending.settle(grant).map(settlement -> switch (settlement) {
            case Settlement.Stored stored -> new Stored(grant.connection(), stored.summary());
            case Settlement.Superseded _ -> throw superseded();
            case Settlement.Refused refused -> throw startAgain(refused.why());
            case Settlement.Unknown unknown -> {
                unstored.waiting();
                throw unknown.why();
            }
        });
    }

    static ProblemException superseded() {
        return new ProblemException(
                OAuthProblem.GRANT_NOT_STORED,
                "The connection was changed or deleted at this moment. Look at your connections, and start again if it does not work.");
    }

    static ProblemException startAgain(ProblemException problem) {
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
