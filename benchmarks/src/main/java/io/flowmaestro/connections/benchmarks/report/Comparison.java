package io.flowmaestro.connections.benchmarks.report;

/**
 * A figure beside its baseline from the same run.
 *
 * @param ratio of what is compared: above 1 the measured one is the faster
 * @param lowest and {@code highest}: the ratio as far as the errors, or the single rounds, leave it open
 * @param bar the least that the ratio is to be
 */
public record Comparison(
        String name, Measure measured, Measure baseline, double ratio, double lowest, double highest, double bar) {

    public boolean met() {
        return ratio >= bar;
    }

    String verdict() {
        return met() ? "met" : "MISSED";
    }
}
