package io.flowmaestro.connections.scheduled;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class WorkUnderWayTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final WorkUnderWay work = new WorkUnderWay();

    @Test
    void isWaitedForUntilTheLastPieceHasEnded() {
        assertThat(work.begin()).isTrue();
        assertThat(work.begin()).isTrue();
        work.stop();
        work.end();
        assertThat(work.left()).isEqualTo(1);
        assertThat(work.await(AT_ONCE)).isFalse();

        var stopped =
                CompletableFuture.supplyAsync(() -> work.await(LONG), Executors.newVirtualThreadPerTaskExecutor());
        work.end();

        assertThat(stopped).succeedsWithin(LONG).isEqualTo(true);
        assertThat(work.left()).isZero();
    }

    @Test
    void isNotWaitedForWhereThereIsNone() {
        assertThat(work.begin()).isTrue();
        work.end();
        work.stop();
        assertThat(work.await(AT_ONCE)).isTrue();
    }

    @Test
    void beginsNoMoreOnceItStops() {
        assertThat(work.begin()).isTrue();
        assertThat(work.isStopping()).isFalse();
        work.stop();
        assertThat(work.isStopping()).isTrue();
        assertThat(work.begin()).isFalse();
        assertThat(work.left()).isEqualTo(1);
        work.end();
        assertThat(work.begin()).isFalse();
        assertThat(work.left()).isZero();
    }

    @Test
    void isLeftByAThreadThatIsInterrupted() {
        assertThat(work.begin()).isTrue();
        work.stop();
        Thread.currentThread().interrupt();
        assertThat(work.await(LONG)).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
