package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Consumer;

/** Writes of connections, each in one transaction of the user's. */
@ApplicationScoped
class ConnectionRepository implements PanacheRepositoryBase<ConnectionEntity, UUID> {

    private final Clock clock;

    ConnectionRepository(Clock clock) {
        this.clock = clock;
    }

    Uni<Void> create(ConnectionEntity connection) {
        connection.createdAt = now();
        connection.updatedAt = connection.createdAt;
        return Panache.withTransaction(() ->
                setUser(connection.userId).chain(() -> persist(connection)).replaceWithVoid());
    }

    /**
     * Changes the live row under its lock, so that no concurrent change is lost. What {@code change} throws rolls the
     * transaction back and reaches the caller.
     */
    Uni<Void> change(UUID user, UUID id, Consumer<ConnectionEntity> change) {
        return Panache.withTransaction(() -> setUser(user)
                .chain(() -> locked(user, id))
                .invoke(change)
                .invoke(connection -> connection.updatedAt = now())
                .replaceWithVoid());
    }

    private Uni<ConnectionEntity> locked(UUID user, UUID id) {
        return find("id = ?1 and userId = ?2 and deletedAt is null", id, user)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .<ConnectionEntity>firstResult()
                .onItem()
                .ifNull()
                .failWith(RegistryProblem::connectionNotFound);
    }

    /** In the transaction itself: the setting ends with it. */
    private static Uni<Void> setUser(UUID user) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("select set_config('app.user_id', ?1, true)", String.class)
                        .setParameter(1, user.toString())
                        .getSingleResult())
                .replaceWithVoid();
    }

    /** PostgreSQL keeps microseconds, and a cursor must find the very value again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
