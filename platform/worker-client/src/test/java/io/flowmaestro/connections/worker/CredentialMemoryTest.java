package io.flowmaestro.connections.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.worker.CredentialMemory.Limits;
import io.flowmaestro.connections.worker.CredentialMemory.Place;
import io.flowmaestro.connections.worker.CredentialMemory.Wanted;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CredentialMemoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CredentialMemory memory = new CredentialMemory(new Limits(10, MINUTE, Duration.ZERO), clock, threads);

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void holdsNothingThatMayNoLongerBeUsed() {
        obtain(UUID.randomUUID());
        obtain(UUID.randomUUID());
        clock.pass(MINUTE);

        obtain(UUID.randomUUID());

        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void goesOnForTheOthersWhenTheFirstCallerIsInterrupted() throws Exception {
        UUID connection = UUID.randomUUID();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Thread first = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> memory.obtain(wanted(connection), () -> {
                            asked.countDown();
                            await(gate);
                            return credential(connection);
                        }))
                        .isInstanceOf(UnreachableException.class));
        asked.await();

        first.interrupt();
        first.join();
        gate.countDown();

        assertThat(obtain(connection).connectionId()).isEqualTo(connection);
    }

    @Test
    void leavesNobodyWaitingAfterTheClientWasClosed() {
        threads.shutdownNow();

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> obtain(UUID.randomUUID())).isInstanceOf(RejectedExecutionException.class);
        }
    }

    private Credential obtain(UUID connection) {
        return memory.obtain(wanted(connection), () -> credential(connection));
    }

    private static Wanted wanted(UUID connection) {
        return new Wanted(new Place(Suite.ALICE, connection), Set.of());
    }

    private static Credential credential(UUID connection) {
        var fields = new Fields(Json.MAPPER.createObjectNode());
        return new Credential.Custom(
                new Issued(connection, 1, Optional.empty(), new Apply(Map.of(), Map.of(), Optional.empty()), fields),
                Map.of());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
