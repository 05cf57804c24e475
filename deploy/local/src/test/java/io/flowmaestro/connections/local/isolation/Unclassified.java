package io.flowmaestro.connections.local.isolation;

/** The matrix does not know how to address an operation, and so cannot say that it keeps users apart. */
final class Unclassified extends AssertionError {
    private static final long serialVersionUID = 1;

    Unclassified(String whatToAdd) {
        super(whatToAdd);
    }
}
