package io.flowmaestro.connections.registry.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.registry.proof.HangUps;
import io.flowmaestro.connections.registry.proof.ProofSettings;
import io.flowmaestro.connections.registry.proof.Tenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** 10,000 queries a round of 32 users on four connections, many of them given up or failing half-way. */
@RegistryTest
@QuarkusTestResource(value = ProofSettings.class, restrictToAnnotatedClass = true)
class PoolIsolationProof {

    private static final int QUERIES_A_ROUND = 10_000;
    private static final String IDLE_IN_TRANSACTION =
            "select count(*) from pg_stat_activity where usename = 'registry_app' and state like 'idle in transaction%'";
    private static final String OURS = " where user_id::text like '0190a1ce-feed-%'";

    @Inject
    Vertx vertx;

    @Inject
    Pool pool;

    @Inject
    PoolWork work;

    private final PoolFigures figures = new PoolFigures();
    private final AtomicBoolean over = new AtomicBoolean();
    private final DroppedExceptions dropped = new DroppedExceptions();

    @AfterEach
    void stopCounting() {
        dropped.close();
    }

    @Test
    void nobodySeesAnotherUsersRowsHoweverQueriesEnd() throws Exception {
        var proof = Proof.of("registry.pool-isolation");
        Registry.peersThatWork();
        Tenants.store();
        int total = QUERIES_A_ROUND * proof.rounds();
        var chance = proof.random();
        var connections = new PooledConnections(pool, figures);
        try (var threads = Executors.newCachedThreadPool()) {
            List<Future<?>> aside = List.of(
                    threads.submit(() -> looking(connections)),
                    threads.submit(hangingUp(chance.nextLong())),
                    threads.submit(hangingUp(chance.nextLong())));
            try {
                everybody(threads, chance, total / Tenants.USERS);
            } finally {
                over.set(true);
            }
            for (Future<?> one : aside) {
                one.get();
            }
        }
        judge(proof, connections.lookAtAll(ProofSettings.POOL));
    }

    private void everybody(ExecutorService threads, RandomGenerator chance, long times) throws Exception {
        List<Future<?>> users = new ArrayList<>();
        for (int number = 0; number < Tenants.USERS; number++) {
            var user = new PoolUser(vertx, work, Tenants.user(number), new Random(chance.nextLong()), figures);
            users.add(threads.submit(() -> {
                user.run(times);
                return null;
            }));
        }
        for (Future<?> user : users) {
            user.get();
        }
    }

    private Void looking(PooledConnections connections) throws InterruptedException {
        while (!over.get()) {
            connections.lookAtOne();
            Thread.sleep(5);
        }
        return null;
    }

    private Callable<Void> hangingUp(long seed) {
        return () -> {
            var hangUps = new HangUps(new Random(seed));
            while (!over.get()) {
                hangUps.one();
                figures.hungUp.increment();
                Thread.sleep(10);
            }
            return null;
        };
    }

    private void judge(Proof proof, long connections) throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> Tenants.count(IDLE_IN_TRANSACTION) == 0);
        long idle = Tenants.count(IDLE_IN_TRANSACTION);
        long changes = Tenants.count("select sum(version - 1) from registry.connections" + OURS);
        long events = Tenants.count("select count(*) from registry.connection_events" + OURS);
        long brokenOff = Tenants.count(
                "select count(*) from registry.connections" + OURS + " and name = '" + PoolWork.BROKEN_OFF + "'");
        figures.into(proof);
        proof.figure("connections_usable_at_the_end", connections)
                .figure("idle_in_transaction", idle)
                .figure("changes", changes)
                .figure("events", events)
                .figure("rolled_back_but_stored", brokenOff)
                .figure("exceptions_dropped", dropped.count())
                .print();

        assertThat(figures.unexpected.sum()).as("failed unexpectedly").isZero();
        assertThat(figures.foreignRows.sum()).as("foreign rows").isZero();
        assertThat(figures.settingsLeft.sum()).as("settings left").isZero();
        assertThat(figures.rowsWithoutUser.sum()).as("rows without a user").isZero();
        assertThat(connections).as("usable connections").isEqualTo(ProofSettings.POOL);
        assertThat(idle).as("idle in transaction").isZero();
        assertThat(events).as("events of changes").isEqualTo(changes).isPositive();
        assertThat(brokenOff).as("stored in spite of a rollback").isZero();
        assertThat(dropped.count()).as("exceptions dropped").isZero();
        assertThat(figures.cancelled.sum()).isPositive();
        assertThat(figures.timedOut.sum()).isPositive();
        assertThat(figures.failed.sum()).isPositive();
    }
}
