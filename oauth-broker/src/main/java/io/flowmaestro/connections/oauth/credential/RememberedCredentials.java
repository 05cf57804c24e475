package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.changes.ConnectionMemories;
import io.flowmaestro.connections.changes.ConnectionMemory;
import io.flowmaestro.connections.http.ProblemException;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Opened credentials of the last seconds, for as long as their tokens will do. */
@Startup
@ApplicationScoped
class RememberedCredentials {

    private final ConnectionMemory<HandedOut> memory;

    RememberedCredentials(ConnectionMemories memories) {
        memory = memories.named("credentials");
    }

    /**
     * The remembered credential if it will do, else what is read now.
     *
     * @param good whether an entry can still be handed out
     * @param alive whether it will do at least while registry or vault are away
     */
    Uni<HandedOut> get(
            UUID user,
            UUID connection,
            Predicate<HandedOut> good,
            Predicate<HandedOut> alive,
            Supplier<Uni<HandedOut>> reading) {
        var known = memory.find(user, connection);
        if (known.filter(good).isPresent()) {
            return Uni.createFrom().item(known.get());
        }
        Uni<HandedOut> read = memory.read(user, connection, reading);
        return known.filter(alive)
                .map(inHand -> read.onFailure(failure -> isOfTheMoment(failure)
                                && memory.find(user, connection)
                                        .filter(inHand::equals)
                                        .isPresent())
                        .recoverWithItem(inHand))
                .orElse(read);
    }

    private static boolean isOfTheMoment(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() == 503;
    }
}
