package io.flowmaestro.connections.benchmarks.report;

/** A figure that is reported and held against nothing. */
public record Figure(String name, double value, String unit) {}
