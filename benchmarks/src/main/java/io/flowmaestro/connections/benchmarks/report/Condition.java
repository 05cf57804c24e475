package io.flowmaestro.connections.benchmarks.report;

/**
 * What has to hold whatever the speed.
 *
 * @param found what was found instead, or as it should be
 */
public record Condition(String name, boolean met, String found) {

    String verdict() {
        return met ? "holds" : "MISSED";
    }
}
