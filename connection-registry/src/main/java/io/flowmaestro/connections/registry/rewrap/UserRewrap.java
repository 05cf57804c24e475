package io.flowmaestro.connections.registry.rewrap;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Rewraps claimed rows of one user: reads as that user, asks the vault, writes back as that user. No transaction spans
 * the call. A crash before the write leaves the old envelope and a lease that lapses; after it, the row is done.
 */
@ApplicationScoped
class UserRewrap {

    private static final Logger LOG = Logger.getLogger(UserRewrap.class);

    private final SealedRows rows;
    private final Rewrapper rewrapper;
    private final VaultWatch vault;
    private final RewrapMetrics metrics;
    private final Clock clock;

    UserRewrap(SealedRows rows, Rewrapper rewrapper, VaultWatch vault, RewrapMetrics metrics, Clock clock) {
        this.rows = rows;
        this.rewrapper = rewrapper;
        this.vault = vault;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * The ids that may be claimed again at once. Never fails: rows of a user whose work failed for a reason of our own
     * keep their lease, so that they are tried again when it lapses and hold nobody up until then.
     */
    Uni<List<UUID>> rewrap(Claim claim, UUID user) {
        List<UUID> claimed = claim.rows().getOrDefault(user, List.of());
        if (isOver(claim)) {
            return Uni.createFrom().item(claimed);
        }
        return rows.read(claim.store(), user, claim.run(), claimed)
                .chain(stored -> inTurn(claim, user, Batches.of(stored)))
                .onFailure()
                .invoke(failure -> LOG.warnf("rows were not rewrapped, and are tried again later: %s", failure))
                .onFailure()
                .recoverWithItem(List.of());
    }

    private boolean isOver(Claim claim) {
        return vault.isAway() || !clock.instant().isBefore(claim.workBefore());
    }

    private Uni<List<UUID>> inTurn(Claim claim, UUID user, List<List<SealedRow>> batches) {
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> rewrap(claim, user, batch))
                .collect()
                .asList()
                .map(UserRewrap::joined);
    }

    private Uni<List<UUID>> rewrap(Claim claim, UUID user, List<SealedRow> batch) {
        if (isOver(claim)) {
            return Uni.createFrom().item(ids(batch));
        }
        return rewrapper.rewrap(user, batch).chain(answer -> take(claim, user, batch, answer));
    }

    private Uni<List<UUID>> take(Claim claim, UUID user, List<SealedRow> batch, RewrapAnswer answer) {
        return switch (answer) {
            case RewrapAnswer.Settled settled -> write(claim, user, batch, results(batch, settled.items()));
            case RewrapAnswer.Declined _
            when batch.size() > 1 ->
                inTurn(claim, user, batch.stream().map(List::of).toList());
            case RewrapAnswer.Declined _ -> write(claim, user, batch, List.of(RowResult.failed(batch.getFirst())));
            case RewrapAnswer.Forbidden forbidden -> {
                LOG.warnf(
                        "credential-vault refuses rewraps of this kind: %s Update it, then start a run.",
                        forbidden.detail());
                yield write(
                        claim,
                        user,
                        batch,
                        batch.stream().map(RowResult::failed).toList());
            }
            case RewrapAnswer.Away away -> vault.wentAway(claim.run(), away).replaceWith(ids(batch));
        };
    }

    private Uni<List<UUID>> write(Claim claim, UUID user, List<SealedRow> batch, List<RowResult> results) {
        return rows.write(claim.store(), user, claim.run(), results)
                .invoke(written -> {
                    vault.answered();
                    written.forEach(this::report);
                })
                .map(written -> lost(batch, written));
    }

    private void report(RowResult result) {
        metrics.count(result.outcome());
        if (result.outcome() == Outcome.FAILED) {
            LOG.warnf(
                    "the envelope of %s was not rewrapped; the next run tries again",
                    result.row().described());
        }
    }

    private static List<RowResult> results(List<SealedRow> batch, List<RewrapAnswer.Item> items) {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> RowResult.of(batch.get(i), items.get(i)))
                .toList();
    }

    private static List<UUID> lost(List<SealedRow> batch, List<RowResult> written) {
        List<UUID> done = ids(written.stream().map(RowResult::row).toList());
        return ids(batch).stream().filter(id -> !done.contains(id)).toList();
    }

    private static List<UUID> ids(List<SealedRow> batch) {
        return batch.stream().map(SealedRow::id).toList();
    }

    private static List<UUID> joined(List<List<UUID>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
