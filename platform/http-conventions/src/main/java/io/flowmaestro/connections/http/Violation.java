package io.flowmaestro.connections.http;

/**
 * One thing that is wrong with a request.
 *
 * @param field dotted path in the request body, or the name of the parameter or header
 * @param message what is wrong and what is accepted instead; never repeats a secret
 */
public record Violation(String field, String message) {}
