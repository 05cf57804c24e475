package io.flowmaestro.connections.registry.testing;

/** Why somebody asks whether a test is due. */
enum TestOccasion {
    /** The connection is about to be used: a test within 24 hours is enough. */
    USE,
    /** Whoever used it was refused: a test, or an attempt at one, within 5 minutes is enough, so that many workers ask once. */
    REFUSED
}
