package io.flowmaestro.connections.http;

/** One kind of problem that a service can answer with; implemented by one enum per service. */
public interface ProblemCode {

    /** Stable and kebab-case, e.g. {@code connection-not-found}; clients switch on it. */
    String code();

    /** The HTTP status that goes with it. */
    int status();

    /** A short summary that is the same for every occurrence. */
    String title();
}
