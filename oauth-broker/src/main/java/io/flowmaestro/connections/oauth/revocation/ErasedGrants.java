package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Ends the grants of a user who is being erased, once and all together. Nothing is queued: the keys are destroyed next, and
 * what they seal can never be sent again. Asking twice does no harm.
 */
@ApplicationScoped
class ErasedGrants {

    private static final Logger LOG = Logger.getLogger(ErasedGrants.class);

    /** For any one of them; an erasure does not wait for a provider that is away. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RevocationWork work;
    private final Duration longest;

    @Inject
    ErasedGrants(RevocationWork work) {
        this(work, LONGEST);
    }

    ErasedGrants(RevocationWork work, Duration longest) {
        this.work = work;
        this.longest = longest;
    }

    /**
     * What became of a connection's tokens.
     *
     * @param outcome {@code revoked}, {@code not_offered}, {@code refused}, or {@code unreached} where nothing is known
     */
    record Ended(UUID id, String outcome) {}

    /** One answer for each, in no order, within the time that any one may take. Never fails. */
    Uni<List<Ended>> revoke(UUID user, List<ErasedGrantsRequest.Grant> grants) {
        return Multi.createFrom()
                .iterable(grants)
                .onItem()
                .transformToUni(grant -> revoke(user, grant))
                .merge(ErasedGrantsRequest.LARGEST)
                .collect()
                .asList();
    }

    /** All that hangs on the grant is erased with it, so that a provider which ends all of it may be told. */
    private Uni<Ended> revoke(UUID user, ErasedGrantsRequest.Grant grant) {
        return Uni.createFrom()
                .deferred(() -> work.revoke(
                        user,
                        grant.id(),
                        grant.provider(),
                        grant.envelope(),
                        Uni.createFrom().item(Standing.ALONE)))
                .ifNoItem()
                .after(longest)
                .fail()
                .map(outcome -> new Ended(grant.id(), wire(outcome)))
                .onFailure()
                .invoke(failure -> LOG.warnf("The tokens of connection %s are left: %s", grant.id(), failure))
                .onFailure()
                .recoverWithItem(new Ended(grant.id(), "unreached"));
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
