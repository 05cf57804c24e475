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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends what providers have granted to a user, while there are keys to open it. It is tried once: whoever is away is left,
 * and counted. Safe to repeat: a batch that was ended is written down, and after a crash right before that it is asked for
 * again, which does no harm.
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
     * @param since when the erasure was asked for
     * @param last whether to go on without whoever should do it; otherwise this fails while nobody is there
     */
    Uni<GrantsEnded> end(UUID user, OffsetDateTime since, boolean last) {
        return grants.close(user, since)
                .chain(closed ->
                        end(new Round(user, last, clock.instant().plus(LONGEST), closed.ended()), closed.open()))
                .invoke(this::count);
    }

    /** One round: what is known of it so far grows batch by batch. */
    private record Round(UUID user, boolean last, Instant until, Set<String> away, List<Outcome> outcomes) {
        Round(UUID user, boolean last, Instant until, int ended) {
            this(user, last, until, new HashSet<>(), new ArrayList<>(Collections.nCopies(ended, Outcome.REVOKED)));
        }
    }

    private Uni<GrantsEnded> end(Round round, List<Grant> open) {
        return Multi.createFrom()
                .iterable(GrantBatches.of(open))
                .onItem()
                .transformToUniAndConcatenate(batch -> revoke(round, batch))
                .collect()
                .asList()
                .map(done -> GrantsEnded.of(round.outcomes()));
    }

    /** A provider that is away is not waited for again; while the broker is, that tells nothing of any provider. */
    private Uni<Void> revoke(Round round, List<Grant> batch) {
        boolean over = !clock.instant().isBefore(round.until());
        List<Grant> asked = over
                ? List.of()
                : batch.stream()
                        .filter(grant -> !round.away().contains(grant.provider()))
                        .toList();
        return asked.isEmpty()
                ? Uni.createFrom().voidItem().invoke(() -> note(round, batch, Map.of()))
                : ask(round, asked)
                        .call(answers -> grants.ended(round.user(), revoked(asked, answers)))
                        .invoke(answers -> note(round, batch, answers))
                        .replaceWithVoid();
    }

    private Uni<Map<UUID, Outcome>> ask(Round round, List<Grant> asked) {
        return revoker.revoke(round.user(), asked)
                .ifNoItem()
                .after(CALL)
                .fail()
                .invoke(answers -> noteAway(round, asked, answers))
                .onFailure(failure -> round.last())
                .recoverWithItem(Map.of());
    }

    private static List<UUID> revoked(List<Grant> asked, Map<UUID, Outcome> answers) {
        return asked.stream()
                .map(Grant::connection)
                .filter(id -> answers.get(id) == Outcome.REVOKED)
                .toList();
    }

    /** That is who listened to none of a batch: one refusal of the moment says little, and of one MCP server nothing. */
    private static void noteAway(Round round, List<Grant> asked, Map<UUID, Outcome> answers) {
        asked.stream()
                .filter(grant -> !grant.provider().equals(Grants.MCP))
                .collect(Collectors.groupingBy(
                        Grant::provider, Collectors.mapping(grant -> outcome(grant, answers), Collectors.toSet())))
                .forEach((provider, outcomes) -> {
                    if (outcomes.equals(Set.of(Outcome.UNREACHED))) {
                        round.away().add(provider);
                    }
                });
    }

    private static Outcome outcome(Grant grant, Map<UUID, Outcome> answers) {
        return answers.getOrDefault(grant.connection(), Outcome.UNREACHED);
    }

    private static void note(Round round, List<Grant> batch, Map<UUID, Outcome> answers) {
        for (Grant grant : batch) {
            Outcome outcome = outcome(grant, answers);
            round.outcomes().add(outcome);
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
