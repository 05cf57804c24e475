package io.flowmaestro.connections.registry.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.peer.PeerProblem;
import io.flowmaestro.connections.registry.provider.ClientRecords;
import io.flowmaestro.connections.registry.rewrap.RewrapAnswer;
import io.flowmaestro.connections.registry.rewrap.Rewrapper;
import io.flowmaestro.connections.registry.rewrap.SealedRow;
import io.flowmaestro.connections.registry.rewrap.Store;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Rewraps with credential-vault. Nothing takes a stored envelope's place that does not look like one. */
@ApplicationScoped
class VaultRewrapper implements Rewrapper {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(6);
    private static final String FORBIDDEN = "operation-not-allowed";
    private static final Set<Integer> ABOUT_THE_BATCH = Set.of(400, 413, 422);

    private final VaultClient vault;

    VaultRewrapper(@RestClient VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public Uni<RewrapAnswer> rewrap(UUID user, List<SealedRow> batch) {
        var items = batch.stream().map(VaultRewrapper::item).toList();
        return vault.rewrap(user, new VaultClient.Batch(items))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(answer -> settled(answer, batch.size()))
                .onFailure()
                .recoverWithItem(VaultRewrapper::refused);
    }

    private static VaultClient.Item item(SealedRow row) {
        try {
            return new VaultClient.Item(record(row), purpose(row.store()), JSON.readTree(row.envelope()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL printed jsonb that is no JSON");
        }
    }

    private static UUID record(SealedRow row) {
        return switch (row.store()) {
            case CONNECTIONS, WEBHOOKS -> row.id();
            case CLIENTS -> ClientRecords.of(row.name());
        };
    }

    private static String purpose(Store store) {
        return switch (store) {
            case CONNECTIONS -> "connection-data";
            case WEBHOOKS -> VaultWebhookSecrets.PURPOSE;
            case CLIENTS -> VaultClientSecrets.PURPOSE;
        };
    }

    private static RewrapAnswer settled(VaultClient.Rewraps answer, int expected) {
        if (answer.data() == null
                || answer.data().results() == null
                || answer.data().results().size() != expected) {
            return away("it did not answer with a result for each item");
        }
        return new RewrapAnswer.Settled(
                answer.data().results().stream().map(VaultRewrapper::item).toList());
    }

    private static RewrapAnswer.Item item(VaultClient.@Nullable Result result) {
        if (result == null
                || result.error() != null
                || !(result.envelope() instanceof ObjectNode envelope)
                || !isEnvelope(envelope)) {
            return new RewrapAnswer.Item.Refused();
        }
        return Boolean.FALSE.equals(result.rewrapped())
                ? new RewrapAnswer.Item.Unchanged()
                : new RewrapAnswer.Item.Renewed(envelope.toString());
    }

    private static boolean isEnvelope(ObjectNode envelope) {
        return envelope.has("ciphertext") && !StorableText.isUnstorable(envelope);
    }

    private static RewrapAnswer refused(Throwable failure) {
        if (failure instanceof WebApplicationException answered) {
            int status = answered.getResponse().getStatus();
            Optional<PeerProblem> problem = PeerProblem.of(failure);
            if (problem.map(PeerProblem::code).filter(FORBIDDEN::equals).isPresent()) {
                return new RewrapAnswer.Forbidden(
                        problem.map(PeerProblem::detail).orElse("The vault gave no reason."));
            }
            return ABOUT_THE_BATCH.contains(status)
                    ? new RewrapAnswer.Declined(status)
                    : new RewrapAnswer.Away(
                            "it answered " + status,
                            PeerProblem.retryAfter(failure).orElse(Duration.ZERO));
        }
        return away(failure.toString());
    }

    private static RewrapAnswer away(String reason) {
        return new RewrapAnswer.Away(reason, Duration.ZERO);
    }
}
