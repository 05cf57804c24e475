package io.flowmaestro.connections.oauth.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.scheduled.Rounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReplayTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close();
    }

    /** The scheduler alone would let it wait for up to a second. */
    @Test
    void isOverByItselfSoonAfterTheServiceStartsWhenNothingWasLeft() throws Exception {
        var replay = replay();
        assertThat(replay.call().getStatus()).isEqualTo(Status.DOWN);

        replay.begin(new StartupEvent());

        var deadline = Instant.now().plus(LONGEST);
        while (replay.call().getStatus() == Status.DOWN && Instant.now().isBefore(deadline)) {
            Thread.sleep(10);
        }
        assertThat(replay.call().getStatus()).isEqualTo(Status.UP);
    }

    /** Of an empty journal, nothing of which goes to a database. */
    private JournalReplay replay() {
        var journal = new AnswerJournal(() -> folder.resolve("journal"));
        var attempts = new AttemptRepository(null, null);
        return new JournalReplay(new AnswerStore(attempts, journal, vertx, new SimpleMeterRegistry()), new Rounds());
    }
}
