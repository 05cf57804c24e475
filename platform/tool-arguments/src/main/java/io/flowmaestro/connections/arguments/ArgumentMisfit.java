package io.flowmaestro.connections.arguments;

/**
 * One thing in which arguments do not fit.
 *
 * @param path from the arguments down, as in {@code filter.tags[2]}; empty for the arguments themselves
 * @param message what is expected there; never repeats the value
 */
public record ArgumentMisfit(String path, String message) {}
