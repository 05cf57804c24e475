package io.flowmaestro.connections.vault.audit;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What to verify, and against what; everything, against the stored checkpoints, if it says nothing.
 *
 * @param checkpoints from the operator's logs, which whoever changes the database cannot change; 1,000 at most
 * @param since only what was recorded from then on
 */
record VerifyRequest(
        @Nullable List<@Nullable GivenCheckpoint> checkpoints,
        @Nullable OffsetDateTime since) {

    static final VerifyRequest EVERYTHING = new VerifyRequest(null, null);

    private static final int MOST_CHECKPOINTS = 1000;
    private static final OffsetDateTime EPOCH = Instant.EPOCH.atOffset(ZoneOffset.UTC);

    List<Checkpoint> checkedCheckpoints() {
        if (checkpoints == null) {
            return List.of();
        }
        if (checkpoints.size() > MOST_CHECKPOINTS) {
            throw GivenCheckpoint.invalid("checkpoints", "must be %d at most".formatted(MOST_CHECKPOINTS));
        }
        return IntStream.range(0, checkpoints.size())
                .mapToObj(index -> GivenCheckpoint.checked(index, checkpoints.get(index)))
                .toList();
    }

    Optional<OffsetDateTime> checkedSince(Instant now) {
        if (since != null && (since.isBefore(EPOCH) || since.toInstant().isAfter(now))) {
            throw GivenCheckpoint.invalid("since", "must be a time in the past");
        }
        return Optional.ofNullable(since);
    }
}
