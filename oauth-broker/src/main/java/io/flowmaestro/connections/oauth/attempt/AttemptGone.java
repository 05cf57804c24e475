package io.flowmaestro.connections.oauth.attempt;

/** The attempt was removed with its user, and its answer with it. */
public final class AttemptGone extends RuntimeException {

    AttemptGone() {
        super("the attempt is gone with its user");
    }
}
