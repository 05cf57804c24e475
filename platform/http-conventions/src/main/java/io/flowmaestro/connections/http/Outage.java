package io.flowmaestro.connections.http;

import java.util.Optional;

/**
 * Knows, of failures that nobody has turned into a problem, those that mean that something is away which the service needs. That
 * passes, and is 503 with Retry-After; anything else is a defect, and 500. Each library that calls something brings its own.
 */
public interface Outage {

    /** What is away, for the log, as in {@code the database}; empty when the failure says nothing of the kind. */
    Optional<String> of(Throwable failure);
}
