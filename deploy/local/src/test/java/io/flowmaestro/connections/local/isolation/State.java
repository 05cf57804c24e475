package io.flowmaestro.connections.local.isolation;

/** Whose the addressed resource is, and whether it is there. */
enum State {
    OWN,
    /** The caller's own, deleted. */
    DELETED,
    FOREIGN,
    /** Somebody else's, deleted. */
    FOREIGN_DELETED,
    /** Nobody ever had it. */
    MISSING,
    /** No id at all, though as long as one. */
    MALFORMED
}
