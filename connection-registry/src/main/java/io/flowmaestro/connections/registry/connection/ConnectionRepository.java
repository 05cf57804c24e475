package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.event.Event;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.event.Events;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes of connections, each in one transaction of the user's, together with the event that tells of it. */
@ApplicationScoped
class ConnectionRepository implements PanacheRepositoryBase<ConnectionEntity, UUID> {

    private static final String LIVE = "id = ?1 and userId = ?2 and deletedAt is null";
    private static final String ANY = "id = ?1 and userId = ?2 and purgedAt is null";

    /**
     * By a statement of its own: with {@code Session.remove} the flush may go on in the pooled connection's thread instead of the
     * session's (HR000069), and then the transaction is never ended.
     */
    private static final String REMOVE = "delete from ConnectionEntity where id = ?1 and userId = ?2";

    private final Clock clock;

    ConnectionRepository(Clock clock) {
        this.clock = clock;
    }

    /**
     * Stores a new connection.
     *
     * @param key binds a repeated request to this connection
     * @return whether it was stored; it was not if the key is in use
     */
    Uni<Boolean> create(Caller caller, ConnectionEntity connection, Optional<IdempotencyKey> key) {
        connection.createdAt = now();
        connection.updatedAt = connection.createdAt;
        return inTransaction(
                connection.userId,
                session -> key.map(given -> IdempotencyKeys.claim(session, given, connection.id))
                        .orElseGet(() -> Uni.createFrom().item(true))
                        .chain(ours -> ours
                                ? stored(session, caller, connection)
                                : Uni.createFrom().item(false)));
    }

    private Uni<Boolean> stored(Mutiny.Session session, Caller caller, ConnectionEntity connection) {
        return session.persist(connection)
                .chain(session::flush)
                .chain(() -> record(session, caller, EventType.CREATED, connection, Map.of()))
                .replaceWith(true);
    }

    /**
     * Changes the live row under its lock, so that no concurrent change is lost. What {@code change} throws rolls the
     * transaction back and reaches the caller.
     *
     * @param change makes the change and answers with the public facts to record about it
     */
    Uni<Void> change(Caller caller, UUID id, EventType type, Function<ConnectionEntity, Map<String, Object>> change) {
        return changeLive(caller, id, connection -> List.of(new Change(type, change.apply(connection))));
    }

    /** The same for a change that is recorded in several ways, or in none, which leaves {@code updated_at} as it is. */
    Uni<Void> changeLive(Caller caller, UUID id, Function<ConnectionEntity, List<Change>> change) {
        return changed(caller, id, LIVE, change);
    }

    /** The same for a row that may be deleted. */
    Uni<Void> changeAny(Caller caller, UUID id, Function<ConnectionEntity, List<Change>> change) {
        return changed(caller, id, ANY, change);
    }

    /** What is recorded about a change. */
    record Change(EventType type, Map<String, Object> details) {}

    private Uni<Void> changed(Caller caller, UUID id, String which, Function<ConnectionEntity, List<Change>> change) {
        return inTransaction(
                caller.subject(),
                session -> locked(which, caller.subject(), id).chain(connection -> {
                    String before = connection.status;
                    List<Change> made = change.apply(connection);
                    return made.isEmpty() ? session.flush() : recorded(session, caller, connection, made, before);
                }));
    }

    private Uni<Void> recorded(
            Mutiny.Session session, Caller caller, ConnectionEntity connection, List<Change> made, String before) {
        connection.updatedAt = now();
        List<Event> events = new ArrayList<>();
        made.forEach(change -> events.add(event(caller, change.type(), connection, change.details())));
        if (!before.equals(connection.status)) {
            events.add(
                    event(caller, ConnectionStatus.of(connection.status).event(), connection, Map.of("from", before)));
        }
        return session.flush()
                .chain(() -> Multi.createFrom()
                        .iterable(events)
                        .onItem()
                        .transformToUniAndConcatenate(event -> Events.record(session, event))
                        .collect()
                        .last());
    }

    /**
     * Removes the row, live or deleted, for good; one whose tokens the provider must still be told of is hidden, and goes
     * when that is done. What was recorded about it stays.
     */
    Uni<Void> purge(Caller caller, UUID id, IfMatch ifMatch) {
        return inTransaction(
                caller.subject(),
                session -> locked(ANY, caller.subject(), id)
                        .invoke(connection -> {
                            ifMatch.require(connection.version);
                            connection.updatedAt = now();
                        })
                        .chain(connection -> record(session, caller, EventType.PURGED, connection, connection.facts())
                                .chain(() -> gone(session, connection))));
    }

    private Uni<Void> gone(Mutiny.Session session, ConnectionEntity connection) {
        if (connection.outlivesItsPurge()) {
            connection.purge(now());
            return session.flush();
        }
        session.detach(connection);
        return session.createMutationQuery(REMOVE)
                .setParameter(1, connection.id)
                .setParameter(2, connection.userId)
                .executeUpdate()
                .replaceWithVoid();
    }

    private Uni<ConnectionEntity> locked(String which, UUID user, UUID id) {
        return find(which, id, user)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .<ConnectionEntity>firstResult()
                .onItem()
                .ifNull()
                .failWith(RegistryProblem::connectionNotFound);
    }

    private Uni<Void> record(
            Mutiny.Session session,
            Caller caller,
            EventType type,
            ConnectionEntity connection,
            Map<String, Object> details) {
        return Events.record(session, event(caller, type, connection, details));
    }

    private static Event event(
            Caller caller, EventType type, ConnectionEntity connection, Map<String, Object> details) {
        return Event.of(caller, connection.id, type, connection.updatedAt, details);
    }

    /** Goes on to its end when the caller hangs up: a session that is closed while it works would lose its way. */
    private static <T> Uni<T> inTransaction(UUID user, Function<Mutiny.Session, Uni<T>> work) {
        return Detached.call(Panache.withTransaction(() ->
                Panache.getSession().call(session -> setUser(session, user)).chain(work::apply)));
    }

    /** In the transaction itself: the setting ends with it. */
    private static Uni<Void> setUser(Mutiny.Session session, UUID user) {
        return session.createNativeQuery("select set_config('app.user_id', ?1, true)", String.class)
                .setParameter(1, user.toString())
                .getSingleResult()
                .replaceWithVoid();
    }

    /** PostgreSQL keeps microseconds, and a cursor must find the very value again. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
