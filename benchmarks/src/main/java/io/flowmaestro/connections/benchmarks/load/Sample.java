package io.flowmaestro.connections.benchmarks.load;

import java.util.Arrays;

/**
 * What came of one spell of load.
 *
 * @param elapsedNanos from the first call's start to the last answer
 * @param latencies of each call in nanoseconds, in ascending order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sample(long elapsedNanos, long[] latencies) {

    private static final double SECOND = 1e9;

    public int calls() {
        return latencies.length;
    }

    public double callsPerSecond() {
        return calls() * SECOND / elapsedNanos;
    }

    /**
     * The latency that so many of the calls did not exceed.
     *
     * @param fraction of the calls, e.g. 0.99
     */
    public double latencyMillis(double fraction) {
        int rank = (int) Math.ceil(fraction * latencies.length);
        return latencies[Math.max(rank, 1) - 1] / 1e6;
    }

    /** Several spells as one. */
    public static Sample of(Iterable<Sample> spells) {
        long elapsed = 0;
        var all = new long[0];
        for (var spell : spells) {
            elapsed += spell.elapsedNanos;
            int end = all.length;
            all = Arrays.copyOf(all, end + spell.latencies.length);
            System.arraycopy(spell.latencies, 0, all, end, spell.latencies.length);
        }
        Arrays.sort(all);
        return new Sample(elapsed, all);
    }
}
