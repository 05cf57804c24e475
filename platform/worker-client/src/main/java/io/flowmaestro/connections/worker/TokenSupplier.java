package io.flowmaestro.connections.worker;

/** Gives the worker's own bearer token at the suite. Must be thread-safe. */
public interface TokenSupplier {

    /**
     * A token that is good now.
     *
     * @throws ConnectionsException if there is none
     */
    String token();

    /** Told when a service answered 401 to it: the next one should be another, if another can be had. */
    default void refused(String token) {}
}
