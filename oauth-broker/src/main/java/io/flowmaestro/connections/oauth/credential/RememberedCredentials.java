package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.changes.ConnectionMemories;
import io.flowmaestro.connections.changes.ConnectionMemory;
import io.flowmaestro.connections.http.ProblemException;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Opened credentials of the last seconds, for as long as their tokens will do. */
@Startup
@ApplicationScoped
class RememberedCredentials {

    private final ConnectionMemory<HandedOut> memory;

    RememberedCredentials(ConnectionMemories memories) {
        memory = memories.named("credentials");
    }

    Optional<HandedOut> find(UUID user, UUID connection) {
        return memory.find(user, connection);
    }

    /**
     * Reads the credential and remembers it.
     *
     * @param inHand a remembered one, handed out again while registry or vault are away, unless it is forgotten by then
     */
    Uni<HandedOut> read(UUID user, UUID connection, Optional<HandedOut> inHand, Supplier<Uni<HandedOut>> reading) {
        Uni<HandedOut> read = memory.read(user, connection, reading);
        return inHand.map(known -> read.onFailure(failure -> isOfTheMoment(failure)
                                && memory.find(user, connection)
                                        .filter(known::equals)
                                        .isPresent())
                        .recoverWithItem(known))
                .orElse(read);
    }

    private static boolean isOfTheMoment(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() == 503;
    }
}
