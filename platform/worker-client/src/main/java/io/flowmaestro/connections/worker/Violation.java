package io.flowmaestro.connections.worker;

/**
 * What is wrong with one field of a request.
 *
 * @param field for example {@code parameters.path}
 * @param message what it has to be; never the value
 */
public record Violation(String field, String message) {}
