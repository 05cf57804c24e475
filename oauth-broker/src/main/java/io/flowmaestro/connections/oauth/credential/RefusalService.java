package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Health;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.refresh.ForcedRates;
import io.flowmaestro.connections.oauth.refresh.OpenConnection;
import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** What a worker's report of a refused credential leads to. */
@ApplicationScoped
class RefusalService {

    /** A provider that refuses a token which it has only just issued will not be won over by another. */
    private static final Duration TOO_NEW = Duration.ofSeconds(30);

    private final Connections connections;
    private final Sealing sealing;
    private final RefreshService refreshes;
    private final CallerRates rates;
    private final ForcedRates forced;
    private final Clock clock;

    RefusalService(
            Connections connections,
            Sealing sealing,
            RefreshService refreshes,
            CallerRates rates,
            ForcedRates forced,
            Clock clock) {
        this.connections = connections;
        this.sealing = sealing;
        this.refreshes = refreshes;
        this.rates = rates;
        this.forced = forced;
        this.clock = clock;
    }

    /** @param version of the refused credential; a report of an older one changes nothing */
    Uni<RefusedView> refused(Caller caller, UUID id, long version) {
        rates.require(caller);
        return connections
                .require(caller.subject(), id)
                .map(StoredConnection::requireActive)
                .chain(stored -> version < stored.generation() ? superseded(stored) : refused(caller, stored));
    }

    private static Uni<RefusedView> superseded(StoredConnection stored) {
        return Uni.createFrom().item(new RefusedView(RefusedView.Outcome.SUPERSEDED, stored.generation()));
    }

    private Uni<RefusedView> refused(Caller caller, StoredConnection stored) {
        return stored.mayHoldTokens()
                ? sealing.open(stored)
                        .chain(data -> OpenConnection.of(stored, data)
                                .map(opened -> renewOrTest(caller, opened))
                                .orElseGet(() -> test(stored)))
                : test(stored);
    }

    private Uni<RefusedView> renewOrTest(Caller caller, OpenConnection opened) {
        return refreshes
                .isRenewable(opened)
                .chain(renewable -> renewable ? renew(caller, opened) : test(opened.stored()));
    }

    private Uni<RefusedView> renew(Caller caller, OpenConnection opened) {
        return renewed(caller, opened)
                .map(renewed -> new RefusedView(RefusedView.Outcome.RENEWED, renewed.generation()));
    }

    /** New tokens in place of refused ones, unless those were issued only just now. */
    Uni<OpenConnection> renewed(Caller caller, OpenConnection opened) {
        requireOldEnough(opened);
        forced.require(caller);
        return refreshes.renewRefused(opened);
    }

    /** Whether tokens were issued so short a time ago that others would hardly be taken. */
    boolean isTooNew(OpenConnection opened) {
        var issued = opened.tokens().issuedAt();
        return issued != null && clock.instant().isBefore(issued.plus(TOO_NEW));
    }

    private void requireOldEnough(OpenConnection opened) {
        var issued = opened.tokens().issuedAt();
        if (issued != null) {
            var age = Duration.between(issued, clock.instant());
            if (age.compareTo(TOO_NEW) < 0) {
                throw new ProblemException(
                                OAuthProblem.TOO_MANY_REQUESTS,
                                "The token was issued a moment ago, so another one would hardly be taken. Check what the provider says, and whether the connection has the scopes that are needed.")
                        .retryAfter(TOO_NEW.minus(age));
            }
        }
    }

    /** The registry decides whether it is time for a test, so that reports cannot make it hammer a provider. */
    private Uni<RefusedView> test(StoredConnection stored) {
        return connections
                .testIfRefused(stored)
                .invoke(Health::requireActive)
                .replaceWith(new RefusedView(RefusedView.Outcome.TESTED, stored.generation()));
    }
}
