package io.flowmaestro.connections.vault.masterkey;

import java.util.List;
import java.util.UUID;

/** What became of the wish to make the waiting key encryption key the primary one. */
public sealed interface PromotionOutcome {

    record Promoted(UUID former, UUID primary) implements PromotionOutcome {}

    record NothingWaits() implements PromotionOutcome {}

    /** These live replicas do not hold the key yet, and could not open what it would wrap; none, when none is live that does. */
    record NotEverywhere(UUID waiting, List<UUID> replicas) implements PromotionOutcome {}
}
