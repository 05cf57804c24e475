package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.egress.EgressException;
import io.flowmaestro.connections.egress.EgressGuard;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.data.Secret;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What users do with webhooks. */
@ApplicationScoped
class WebhookService {

    /** As the Standard Webhooks specification writes them. */
    private static final String PREFIX = "whsec_";

    private static final int SECRET_BYTES = 32;

    private final WebhookRepository repository;
    private final WebhookSecrets secrets;
    private final EgressGuard guard;
    private final ConnectionIds ids;
    private final SecureRandom random = new SecureRandom();

    WebhookService(WebhookRepository repository, WebhookSecrets secrets, EgressGuard guard, ConnectionIds ids) {
        this.repository = repository;
        this.secrets = secrets;
        this.guard = guard;
        this.ids = ids;
    }

    /** The address is looked at now, so that a wrong one is told at once; it is vetted again before every delivery. */
    Uni<Webhook> create(UUID user, WebhookRequest request) {
        UUID id = ids.next();
        String secret = secret();
        return guard.vet(request.url())
                .onFailure(EgressException.class)
                .transform(refused ->
                        RegistryProblem.invalid(List.of(new Violation("url", String.valueOf(refused.getMessage())))))
                .chain(() -> secrets.seal(user, id, new Secret(secret)))
                .chain(envelope -> repository.insert(user, id, request.url(), request.events(), envelope))
                .map(webhook -> webhook.with(secret));
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /** Sends a delivery that ended once more, as if it were new. */
    Uni<Void> retry(UUID user, UUID webhook, UUID delivery) {
        return repository
                .require(user, webhook)
                .chain(() -> repository.retry(user, webhook, delivery))
                .invoke(queued -> {
                    if (!queued) {
                        throw new ProblemException(
                                RegistryProblem.DELIVERY_NOT_FOUND,
                                "This webhook has no such delivery, or it is still pending. See GET /api/webhooks/{id}/deliveries.");
                    }
                })
                .replaceWithVoid();
    }
}
