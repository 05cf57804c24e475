package io.flowmaestro.connections.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.benchmarks.load.Sample;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    @Test
    void ratesAreCallsByTheTimeTheyTook() {
        assertThat(new Sample(2 * SECOND, new long[] {1, 2, 3}).callsPerSecond())
                .isEqualTo(1.5);
    }

    @Test
    void aPercentileIsTheLatencyThatSoManyCallsDidNotExceed() {
        var hundred = new Sample(
                SECOND, LongStream.rangeClosed(1, 100).map(n -> n * MILLI).toArray());
        assertThat(hundred.latencyMillis(0.5)).isEqualTo(50);
        assertThat(hundred.latencyMillis(0.99)).isEqualTo(99);
        assertThat(hundred.latencyMillis(1)).isEqualTo(100);
        assertThat(new Sample(SECOND, new long[] {7 * MILLI}).latencyMillis(0.01))
                .isEqualTo(7);
    }

    @Test
    void severalSpellsCountAsOneLongOne() {
        var all = Sample.of(List.of(
                new Sample(SECOND, new long[] {2 * MILLI, 4 * MILLI}), new Sample(SECOND, new long[] {3 * MILLI})));
        assertThat(all.callsPerSecond()).isEqualTo(1.5);
        assertThat(all.latencies()).containsExactly(2 * MILLI, 3 * MILLI, 4 * MILLI);
    }
}
