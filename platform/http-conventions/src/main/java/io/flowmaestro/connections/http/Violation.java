package io.flowmaestro.connections.http;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One thing that is wrong with a request.
 *
 * @param field dotted path in the request body, or the name of the parameter or header
 * @param message what is wrong and what is accepted instead; never repeats a secret
 */
// A problem holds it as a value of a map, so that nothing tells Quarkus that it is written as JSON.
@RegisterForReflection
public record Violation(String field, String message) {}
