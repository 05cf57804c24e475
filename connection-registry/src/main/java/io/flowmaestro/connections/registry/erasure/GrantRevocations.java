package io.flowmaestro.connections.registry.erasure;

import io.flowmaestro.connections.registry.erasure.GrantRevoker.Grant;
import io.flowmaestro.connections.registry.erasure.GrantRevoker.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Ends what providers have granted to a user, while there are keys to open it. It is tried once: whoever is away is left,
 * and counted. Safe to repeat; asking a provider twice does no harm.
 */
@ApplicationScoped
class GrantRevocations {

    private static final Logger LOG = Logger.getLogger(GrantRevocations.class);

    /** No batch is begun after this; the one that is under way takes 10 s at most, by the broker's own limit. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Duration CALL = Duration.ofSeconds(15);

    private final Grants grants;
    private final GrantRevoker revoker;
    private final MeterRegistry metrics;
    private final Clock clock;

    GrantRevocations(Grants grants, GrantRevoker revoker, MeterRegistry metrics, Clock clock) {
        this.grants = grants;
        this.revoker = revoker;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Closes the user's connections and ends their grants.
     *
     * @param last whether to go on without whoever should do it; otherwise this fails while nobody is there
     */
    Uni<GrantsEnded> end(UUID user, boolean last) {
        return grants.close(user)
                .chain(open -> end(new Round(user, last, clock.instant().plus(LONGEST)), open))
                .invoke(this::count);
    }

    /** One round: what is known of it so far grows batch by batch. */
    private record Round(UUID user, boolean last, Instant until, Set<String> away, List<Outcome> outcomes) {
        Round(UUID user, boolean last, Instant until) {
            this(user, last, until, new HashSet<>(), new ArrayList<>());
        }
    }

    private Uni<GrantsEnded> end(Round round, List<Grant> open) {
        return Multi.createFrom()
                .iterable(batches(open))
                .onItem()
                .transformToUniAndConcatenate(batch -> revoke(round, batch))
                .collect()
                .asList()
                .map(done -> GrantsEnded.of(round.outcomes()));
    }

    private static List<List<Grant>> batches(List<Grant> open) {
        int size = GrantRevoker.LARGEST_BATCH;
        return IntStream.range(0, (open.size() + size - 1) / size)
                .mapToObj(i -> open.subList(i * size, Math.min(open.size(), (i + 1) * size)))
                .toList();
    }

    /** A provider that did not listen once is not waited for again. */
    private Uni<Void> revoke(Round round, List<Grant> batch) {
        boolean over = !clock.instant().isBefore(round.until());
        List<Grant> asked = over
                ? List.of()
                : batch.stream()
                        .filter(grant -> !round.away().contains(grant.provider()))
                        .toList();
        return asked.isEmpty()
                ? Uni.createFrom().voidItem().invoke(() -> note(round, batch, Map.of()))
                : revoker.revoke(round.user(), asked)
                        .ifNoItem()
                        .after(CALL)
                        .fail()
                        .onFailure(failure -> round.last())
                        .recoverWithItem(Map.of())
                        .invoke(answers -> note(round, batch, answers))
                        .replaceWithVoid();
    }

    private static void note(Round round, List<Grant> batch, Map<UUID, Outcome> answers) {
        for (Grant grant : batch) {
            Outcome outcome = answers.getOrDefault(grant.connection(), Outcome.UNREACHED);
            round.outcomes().add(outcome);
            if (outcome == Outcome.UNREACHED) {
                round.away().add(grant.provider());
            }
            if (outcome == Outcome.UNREACHED || outcome == Outcome.REFUSED) {
                LOG.warnf(
                        "the tokens of connection %s could not be ended at %s before their user was erased; they are left to lapse",
                        grant.connection(), grant.provider());
            }
        }
    }

    /** As those of deleted connections are counted; what is never tried again is given up. */
    private void count(GrantsEnded ended) {
        Map<String, Long> counts = Map.of(
                "revoked", ended.revoked(),
                "not_offered", ended.notOffered(),
                "refused", ended.refused(),
                "given_up", ended.unreached());
        counts.forEach((outcome, number) ->
                metrics.counter("registry.revocations", "outcome", outcome).increment(number));
    }
}
