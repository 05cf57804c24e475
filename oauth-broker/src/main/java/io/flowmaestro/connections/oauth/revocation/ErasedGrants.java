package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.mcp.McpAuthorization;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends the grants of a user who is being erased, once and all together. Nothing is queued: the keys are destroyed next, and
 * what they seal can never be sent again. Asking twice does no harm.
 */
@ApplicationScoped
class ErasedGrants {

    private static final Logger LOG = Logger.getLogger(ErasedGrants.class);

    /** For all of them together; an erasure does not wait for a provider that is away. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** A provider that is asked for more at once may well refuse some of it. */
    private static final int AT_ONE_PROVIDER = 4;

    private final RevocationWork work;
    private final Clock clock;
    private final Duration longest;

    @Inject
    ErasedGrants(RevocationWork work, Clock clock) {
        this(work, clock, LONGEST);
    }

    ErasedGrants(RevocationWork work, Clock clock, Duration longest) {
        this.work = work;
        this.clock = clock;
        this.longest = longest;
    }

    /**
     * What became of a connection's tokens.
     *
     * @param outcome {@code revoked}, {@code not_offered}, {@code refused}, or {@code unreached} where nothing is known
     */
    record Ended(UUID id, String outcome) {}

    /**
     * One answer for each, in no order, within the time that is for all of them. Fails when the vault or the registry was
     * away for one of them, after all the others were tried: that passes in seconds, and the registry asks again.
     */
    Uni<List<Ended>> revoke(UUID user, List<ErasedGrantsRequest.Grant> grants) {
        Instant until = clock.instant().plus(longest);
        var ofEach =
                grants.stream().collect(Collectors.groupingBy(ErasedGrantsRequest.Grant::provider)).entrySet().stream()
                        .map(provider -> revoke(user, provider.getKey(), provider.getValue(), until))
                        .toList();
        return Uni.join()
                .all(ofEach)
                .andCollectFailures()
                .map(ended -> ended.stream().flatMap(List::stream).toList())
                .onFailure()
                .transform(ErasedGrants::first);
    }

    /** Servers that have nothing in common but the label are not spared on each other's account. */
    private Uni<List<Ended>> revoke(UUID user, String provider, List<ErasedGrantsRequest.Grant> grants, Instant until) {
        return Uni.join()
                .all(grants.stream().map(grant -> revoke(user, grant, until)).toList())
                .usingConcurrencyOf(
                        McpAuthorization.LABEL.equals(provider) ? ErasedGrantsRequest.LARGEST : AT_ONE_PROVIDER)
                .andCollectFailures();
    }

    private Uni<Ended> revoke(UUID user, ErasedGrantsRequest.Grant grant, Instant until) {
        return Uni.createFrom()
                .deferred(() -> ask(user, grant, Duration.between(clock.instant(), until)))
                .map(outcome -> new Ended(grant.id(), wire(outcome)))
                .onFailure()
                .invoke(failure -> LOG.warnf("The tokens of connection %s are left: %s", grant.id(), failure))
                .onFailure(failure -> !isOfThePeers(failure))
                .recoverWithItem(new Ended(grant.id(), "unreached"));
    }

    /** All that hangs on the grant is erased with it, so that a provider which ends all of it may be told. */
    private Uni<RevocationOutcome> ask(UUID user, ErasedGrantsRequest.Grant grant, Duration left) {
        return left.toMillis() > 0
                ? work.revoke(
                                user,
                                grant.id(),
                                grant.provider(),
                                grant.envelope(),
                                Uni.createFrom().item(Standing.ALONE))
                        .ifNoItem()
                        .after(left)
                        .fail()
                : Uni.createFrom().failure(new TimeoutException());
    }

    private static boolean isOfThePeers(Throwable failure) {
        return failure instanceof ProblemException problem
                && (problem.code() == OAuthProblem.VAULT_UNAVAILABLE
                        || problem.code() == OAuthProblem.REGISTRY_UNAVAILABLE);
    }

    private static Throwable first(Throwable failure) {
        return failure instanceof CompositeException several
                ? first(several.getCauses().getFirst())
                : failure;
    }

    private static String wire(RevocationOutcome outcome) {
        return switch (outcome) {
            case RevocationOutcome.Revoked _ -> "revoked";
            case RevocationOutcome.NotOffered _ -> "not_offered";
            case RevocationOutcome.Refused _ -> "refused";
            case RevocationOutcome.Unavailable _ -> "unreached";
        };
    }
}
