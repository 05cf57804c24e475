package io.flowmaestro.connections.changes;

import io.flowmaestro.connections.scheduled.Rounds;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens on a connection of its own, past any pooler. A statement on that same connection each second proves that it
 * hears: PostgreSQL delivers what was committed before ahead of the answer.
 */
@ApplicationScoped
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    private static final String LISTEN = "listen registry_connections";
    private static final String PROOF = "select 1";
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final PgConnectOptions database;
    private final ConnectionChanges changes;
    private final Rounds rounds;
    private volatile @Nullable PgConnection listening;
    /** Moves when one is given up, so that it closes when it comes after all. */
    private final AtomicLong attempt = new AtomicLong();

    ChangeListener(
            Vertx vertx,
            ChangesConfig config,
            @ConfigProperty(name = "quarkus.application.name") String service,
            ConnectionChanges changes,
            Rounds rounds,
            MeterRegistry metrics) {
        this.vertx = vertx;
        this.database = ListenerOptions.of(config, service);
        this.changes = changes;
        this.rounds = rounds;
        metrics.gauge("connections.changes.heard", changes, known -> known.isHearing() ? 1 : 0);
    }

    @Scheduled(identity = "listen-for-changes", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> listen() {
        return rounds.run(() -> {
            var connection = listening;
            return within(connection == null ? this::connect : () -> prove(connection));
        });
    }

    private Uni<Void> within(Supplier<Future<Void>> work) {
        return Uni.createFrom()
                .completionStage(() -> work.get().toCompletionStage())
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onFailure()
                .invoke(this::lost)
                .onFailure()
                .recoverWithNull();
    }

    /** What was remembered until now may have changed unheard. */
    private Future<Void> connect() {
        long mine = attempt.get();
        return PgConnection.connect(vertx, database).compose(connection -> {
            if (mine != attempt.get()) {
                return connection.close();
            }
            connection.notificationHandler(this::heard);
            connection.closeHandler(_ -> closed(connection));
            return connection
                    .query(LISTEN)
                    .execute()
                    .onComplete(listens -> {
                        if (listens.succeeded() && mine == attempt.get()) {
                            listening = connection;
                            changes.gap();
                            changes.proven();
                        } else {
                            connection.closeHandler(null);
                            connection.close();
                        }
                    })
                    .mapEmpty();
        });
    }

    private Future<Void> prove(PgConnection connection) {
        return connection
                .query(PROOF)
                .execute()
                .onSuccess(_ -> {
                    if (connection.equals(listening)) {
                        changes.proven();
                    }
                })
                .mapEmpty();
    }

    private void heard(PgNotification notification) {
        try {
            changes.changed(UUID.fromString(notification.getPayload()));
        } catch (IllegalArgumentException foreign) {
            LOG.debug("A notification that names no connection is passed over");
        }
    }

    private void closed(PgConnection connection) {
        if (connection.equals(listening)) {
            lost(new IllegalStateException("the connection was closed"));
        }
    }

    private void lost(Throwable why) {
        var connection = listening;
        listening = null;
        attempt.incrementAndGet();
        changes.gap();
        if (connection != null) {
            LOG.warnf("Changes of connections are not heard, so they are read anew each time: %s", why);
            connection.closeHandler(null);
            connection.close();
        }
    }

    /** Waits on the main thread, which has nothing else to do by then. */
    void stop(@Observes ShutdownEvent end) {
        attempt.incrementAndGet();
        var connection = listening;
        listening = null;
        if (connection != null) {
            connection.closeHandler(null);
            closed(connection.close().toCompletionStage().toCompletableFuture());
        }
    }

    private static void closed(CompletableFuture<Void> closing) {
        try {
            closing.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unclosed) {
            LOG.debugf("The listening connection ends with the process: %s", unclosed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
