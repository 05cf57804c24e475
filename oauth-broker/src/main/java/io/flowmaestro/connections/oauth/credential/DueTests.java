package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.flight.Flights;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Health;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The 24-hour rule: before a connection is used that nobody has made sure of for a day, the registry tests it. Callers
 * on this replica share one such test. Only its word that the connection is no good keeps it from being used: without
 * an answer the connection's status is what it was.
 */
@ApplicationScoped
class DueTests {

    private static final Logger LOG = Logger.getLogger(DueTests.class);
    private static final Duration LONGEST = Duration.ofSeconds(12);

    private final Connections connections;
    private final MeterRegistry metrics;
    private final Flights<UUID, Optional<Health>> flights = new Flights<>();

    DueTests(Connections connections, MeterRegistry metrics) {
        this.connections = connections;
        this.metrics = metrics;
    }

    /** Fails with {@code connection-not-active} where the test said so. */
    Uni<StoredConnection> settle(StoredConnection connection) {
        return connection.testDue()
                ? flights.join(connection.id(), () -> test(connection))
                        .invoke(known -> known.ifPresent(Health::requireActive))
                        .replaceWith(connection)
                : Uni.createFrom().item(connection);
    }

    private Uni<Optional<Health>> test(StoredConnection connection) {
        return connections
                .testIfDue(connection)
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .map(Optional::of)
                .onFailure()
                .recoverWithItem(failure -> unanswered(connection, failure))
                .invoke(this::count);
    }

    private static Optional<Health> unanswered(StoredConnection connection, Throwable failure) {
        LOG.infof(
                "Connection %s is used untested, for its test gave no answer: %s",
                connection.id(), failure.getClass().getSimpleName());
        return Optional.empty();
    }

    private void count(Optional<Health> known) {
        String outcome = known.map(health -> health.status().wireName()).orElse("unanswered");
        metrics.counter("connections.oauth.due.tests", "outcome", outcome).increment();
    }
}
