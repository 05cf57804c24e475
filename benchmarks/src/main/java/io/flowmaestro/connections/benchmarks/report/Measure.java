package io.flowmaestro.connections.benchmarks.report;

/**
 * A figure and how far it may be off.
 *
 * @param error in the same unit; half the width of the 99.9% confidence interval, or half of the range over the rounds
 */
public record Measure(String name, double value, double error, String unit) {

    String text() {
        return "%-14s %,10.0f ± %,.0f %s".formatted(name, value, error, unit);
    }
}
