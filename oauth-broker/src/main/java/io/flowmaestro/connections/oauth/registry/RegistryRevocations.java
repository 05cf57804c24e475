package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.oauth.revocation.RevocationQueue;
import io.flowmaestro.connections.oauth.revocation.Standing;
import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** The queue of revocations by the registry's internal API. */
@ApplicationScoped
class RegistryRevocations implements RevocationQueue {

    private final RegistryClient registry;

    RegistryRevocations(@RestClient RegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public Uni<List<Claimed>> claim(int most, Duration claim) {
        return registry.claimRevocations(new ClaimWire(most, null, claim.toSeconds()))
                .map(answer -> answer.data().claimed())
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }

    @Override
    public Uni<Standing> standing(Claimed connection, Duration claim) {
        return registry.renewRevocationClaim(
                        connection.user(),
                        connection.id(),
                        new RenewClaimWire(connection.generation(), claim.toSeconds()))
                .map(answer -> answer.data().standing())
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }

    @Override
    public Uni<Void> end(Claimed connection, RevocationOutcome outcome) {
        var wire = switch (outcome) {
            case RevocationOutcome.Revoked _ -> wire(connection, "revoked", null);
            case RevocationOutcome.NotOffered _ -> wire(connection, "not_offered", null);
            case RevocationOutcome.Refused _ -> wire(connection, "refused", null);
            case RevocationOutcome.Unavailable unavailable -> wire(connection, "retry", unavailable.retryAfter());
        };
        return registry.endRevocation(connection.user(), connection.id(), wire)
                .replaceWithVoid()
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }

    private static RevocationEndWire wire(Claimed connection, String outcome, @Nullable Duration retryAfter) {
        return new RevocationEndWire(
                outcome, retryAfter == null ? null : Math.max(1, retryAfter.toSeconds()), connection.generation());
    }
}
