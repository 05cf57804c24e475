package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.flowmaestro.connections.vault.masterkey.KeyPromotion;
import io.flowmaestro.connections.vault.masterkey.PromotionOutcome;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Shows the key ring, and changes its key encryption key. */
@ApplicationScoped
class KeyRingService {

    private final KeyPromotion promotion;
    private final KeyGate gate;
    private final KeyRingStatusRepository status;
    private final RecordedOperation recorded;

    KeyRingService(KeyPromotion promotion, KeyGate gate, KeyRingStatusRepository status, RecordedOperation recorded) {
        this.promotion = promotion;
        this.gate = gate;
        this.status = status;
        this.recorded = recorded;
    }

    Uni<KeyRingStatus> status() {
        return status.status();
    }

    /** From here on everything new is wrapped by the key that waited; what is there is rewrapped in the background. */
    Uni<KeyRingStatus> changeKeyEncryptionKey(Caller caller) {
        return recorded.run(
                        caller,
                        KeyOperation.CHANGE_KEY_ENCRYPTION_KEY,
                        Optional.empty(),
                        () -> promotion.promote().map(KeyRingService::promoted),
                        _ -> Optional.empty())
                .chain(() -> gate.refresh())
                .chain(() -> status.status());
    }

    private static UUID promoted(PromotionOutcome outcome) {
        return switch (outcome) {
            case PromotionOutcome.Promoted promoted -> promoted.primary();
            case PromotionOutcome.NothingWaits _ ->
                throw new ProblemException(
                        VaultProblem.NO_KEY_WAITS,
                        "No key waits to become the key encryption key. Set a key that was never used here as"
                                + " ENCRYPTION_KEY_NEXT on every replica, restart them one by one, then try again.");
            case PromotionOutcome.NotEverywhere(var waiting, var replicas) ->
                throw new ProblemException(VaultProblem.KEY_NOT_EVERYWHERE, missing(waiting, replicas))
                        .retryAfter(Duration.ofSeconds(15));
        };
    }

    private static String missing(UUID waiting, List<UUID> replicas) {
        if (replicas.isEmpty()) {
            return "No live replica holds the key %s. Give it to every replica as ENCRYPTION_KEY_NEXT and restart them one by one."
                    .formatted(waiting);
        }
        return "Not every live replica holds the key %s yet; it is missing on: %s. Give them ENCRYPTION_KEY_NEXT and restart them; one that ended counts for 15 seconds more."
                .formatted(waiting, replicas.stream().map(UUID::toString).collect(Collectors.joining(", ")));
    }
}
