package io.flowmaestro.connections.registry.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Erases step by step. Each step is safe to repeat and is written down when it is done; whoever comes next goes on there. */
@ApplicationScoped
class ErasureService {

    private static final Logger LOG = Logger.getLogger(ErasureService.class);

    /** A peer that takes longer is asked again later. */
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(20);

    /** How often the broker is asked to end grants before the erasure goes on without it. */
    private static final int TRIES = 3;

    private final ErasureRepository repository;
    private final GrantRevocations grants;
    private final ObjectMapper json;
    private final ConnectionIds ids;
    private final Map<String, PeerErasure> peers;

    ErasureService(
            ErasureRepository repository,
            GrantRevocations grants,
            ObjectMapper json,
            ConnectionIds ids,
            @All List<PeerErasure> peers) {
        this.repository = repository;
        this.grants = grants;
        this.json = json;
        this.ids = ids;
        this.peers = peers.stream().collect(Collectors.toMap(PeerErasure::peer, Function.identity()));
    }

    /**
     * Asks for the erasure and goes as far as it gets now. A caller who hangs up does not end the work: it would lie where
     * it is until its claim lapses.
     */
    Uni<Erasure> erase(UUID user, String by) {
        return repository
                .request(user, ids.next(), by)
                .chain(() -> Detached.call(goOn(user)))
                .chain(() -> repository.require(user));
    }

    Uni<Erasure> state(UUID user) {
        return repository.require(user);
    }

    /** All that are not finished. Answers how many there were. */
    Uni<Integer> goOn() {
        return repository
                .due()
                .chain(users -> Multi.createFrom()
                        .iterable(users)
                        .onItem()
                        .transformToUniAndConcatenate(this::goOn)
                        .collect()
                        .asList()
                        .replaceWith(users.size()));
    }

    private Uni<Void> goOn(UUID user) {
        return repository
                .claim(user)
                .chain(claimed -> claimed.map(work -> steps(user, work))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> steps(UUID user, ErasureRepository.Claimed claimed) {
        return Multi.createFrom()
                .iterable(Arrays.asList(ErasureStep.values()))
                .filter(step -> !claimed.steps().contains("\"" + step.wire() + "\":"))
                .onItem()
                .transformToUniAndConcatenate(step -> run(user, step, claimed))
                .collect()
                .asList()
                .chain(() -> repository.finish(user))
                .onFailure()
                .recoverWithUni(failure -> failed(user, failure));
    }

    private Uni<Void> run(UUID user, ErasureStep step, ErasureRepository.Claimed claimed) {
        Uni<String> work = switch (step) {
            // No time limit here: it has its own, and none of its work may be cut off from being counted.
            case GRANTS ->
                grants.end(user, claimed.requestedAt(), claimed.attempts() >= TRIES)
                        .map(this::text);
            // No time limit: PostgreSQL would go on all the same, and hold the connection.
            case REGISTRY, REGISTRY_AGAIN -> repository.eraseRows(user);
            case GATEWAY, BROKER, VAULT ->
                erased(step, user).ifNoItem().after(STEP_TIMEOUT).fail();
        };
        return work.onFailure()
                .transform(failure -> new StepFailed(step, failure))
                .chain(answer -> repository.done(user, step, answer));
    }

    private String text(GrantsEnded ended) {
        try {
            return json.writeValueAsString(ended);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("numbers are always JSON", impossible);
        }
    }

    private Uni<String> erased(ErasureStep step, UUID user) {
        PeerErasure peer = peers.get(step.wire());
        return peer == null
                ? Uni.createFrom().failure(new IllegalStateException("nobody erases at " + step.wire()))
                : peer.erase(user).map(Object::toString);
    }

    private Uni<Void> failed(UUID user, Throwable failure) {
        LOG.warnf("the erasure of user %s waits, and goes on shortly: %s", user, failure.getMessage());
        String error = failure instanceof StepFailed step ? step.step.complaint() : "the erasure broke off; it goes on";
        return repository.failed(user, error);
    }

    /** A step that did not come to its end. */
    private static final class StepFailed extends RuntimeException {
        private final ErasureStep step;

        StepFailed(ErasureStep step, Throwable cause) {
            super(step.wire() + ": " + cause, cause);
            this.step = step;
        }
    }
}
