package io.flowmaestro.connections.registry.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.egress.EgressException;
import io.flowmaestro.connections.egress.EgressGuard;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.connection.IdempotencyKey;
import io.flowmaestro.connections.registry.connection.IdempotencyKeys;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.data.Secret;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    private final IdempotencyKeys keys;
    private final SecureRandom random = new SecureRandom();

    WebhookService(
            WebhookRepository repository,
            WebhookSecrets secrets,
            EgressGuard guard,
            ConnectionIds ids,
            IdempotencyKeys keys) {
        this.repository = repository;
        this.secrets = secrets;
        this.guard = guard;
        this.ids = ids;
        this.keys = keys;
    }

    /** A webhook with its secret, and whether an earlier request had made it. */
    record Created(boolean before, Webhook webhook) {}

    /**
     * A crash leaves a webhook whose creator never saw its secret; the same Idempotency-Key finds it again, and is told
     * the secret once more.
     */
    Uni<Created> create(UUID user, Optional<String> idempotencyKey, @Nullable JsonNode body) {
        WebhookRequest request = WebhookRequest.read(body);
        return idempotencyKey
                .map(key -> createOnce(keys.of(user, key, body), request))
                .orElseGet(() -> create(user, request, Optional.empty()).map(Optional::orElseThrow));
    }

    private Uni<Created> createOnce(IdempotencyKey key, WebhookRequest request) {
        return replayed(key)
                .chain(earlier -> earlier.isPresent()
                        ? Uni.createFrom().item(earlier)
                        : create(key.user(), request, Optional.of(key)))
                // Another request with the key was faster.
                .chain(made -> made.isPresent() ? Uni.createFrom().item(made) : replayed(key))
                .map(Optional::orElseThrow);
    }

    private Uni<Optional<Created>> replayed(IdempotencyKey key) {
        return keys.find(key)
                .chain(earlier -> earlier.isPresent()
                        ? replay(key.user(), earlier.get()).map(Optional::of)
                        : Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Created> replay(UUID user, UUID id) {
        return repository
                .sealed(user, id)
                .map(found -> found.orElseThrow(() -> new ProblemException(
                        RegistryProblem.IDEMPOTENCY_KEY_SPENT,
                        "The webhook that this Idempotency-Key made is deleted. Use a new key to make another.")))
                .chain(found -> secrets.open(user, id, found.secret())
                        .map(secret -> new Created(true, found.webhook().with(secret.reveal())))
                        .onFailure()
                        .transform(WebhookService::closed));
    }

    private static ProblemException closed(Throwable failure) {
        return failure instanceof WebhookSecrets.Unopenable
                ? new ProblemException(
                        RegistryProblem.CREDENTIAL_UNREADABLE,
                        "The webhook is there, and its secret cannot be read any more. Delete it, and make another with a new Idempotency-Key.")
                : RegistryProblem.unavailable(
                        RegistryProblem.VAULT_UNAVAILABLE,
                        "The webhook is there, and its secret cannot be opened right now. Send the request again shortly.");
    }

    /** The address is looked at now, so that a wrong one is told at once; it is vetted again before every delivery. */
    private Uni<Optional<Created>> create(UUID user, WebhookRequest request, Optional<IdempotencyKey> key) {
        UUID id = ids.next();
        String secret = secret();
        return guard.vet(request.url())
                .onFailure(EgressException.class)
                .transform(refused ->
                        RegistryProblem.invalid(List.of(new Violation("url", String.valueOf(refused.getMessage())))))
                .chain(() -> secrets.seal(user, id, new Secret(secret)))
                .chain(envelope -> repository.insert(user, id, request, envelope, key))
                .map(made -> made.map(webhook -> new Created(false, webhook.with(secret))));
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
