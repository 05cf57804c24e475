package io.flowmaestro.connections.registry.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.registry.data.Secret;
import io.flowmaestro.connections.registry.webhook.WebhookSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Signing secrets of webhooks: the one thing that the registry seals and opens again. */
@ApplicationScoped
class VaultWebhookSecrets implements WebhookSecrets {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    static final String PURPOSE = "webhook-secret";
    private static final Set<Integer> FINAL = Set.of(400, 404, 410, 422);

    private final VaultClient vault;
    private final VaultSealer sealer;

    VaultWebhookSecrets(@RestClient VaultClient vault, VaultSealer sealer) {
        this.vault = vault;
        this.sealer = sealer;
    }

    @Override
    public Uni<String> seal(UUID user, UUID webhook, Secret secret) {
        return sealer.seal(user, webhook, PURPOSE, secret);
    }

    @Override
    public Uni<Secret> open(UUID user, UUID webhook, String envelope) {
        return Detached.call(vault.decrypt(user, new VaultClient.Item(webhook, PURPOSE, parse(envelope))))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(VaultWebhookSecrets::secret)
                .onFailure(VaultWebhookSecrets::isFinal)
                .transform(Unopenable::new);
    }

    /** A refusal of the envelope, or an answer that holds no secret; anything else may be better in a moment. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof WebApplicationException refused
                ? FINAL.contains(refused.getResponse().getStatus())
                : failure instanceof NullPointerException || failure instanceof IllegalArgumentException;
    }

    private static Secret secret(VaultClient.Opened opened) {
        String base64 = Objects.requireNonNull(
                Objects.requireNonNull(opened.data(), "no data").plaintext(), "no plaintext");
        return new Secret(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    }

    private static JsonNode parse(String envelope) {
        try {
            return JSON.readTree(envelope);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL printed jsonb that is no JSON");
        }
    }
}
