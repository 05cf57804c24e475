package io.flowmaestro.connections.oauth.revocation;

/** What hangs on the tokens that are to be revoked, at this moment. */
public enum Standing {
    /** Nothing else. */
    ALONE,
    /** Other tokens of the same user and client are in use: a provider that ends them all is left alone. */
    AMONG_OTHERS,
    /** The user has made the connection anew, so there is nothing to end any more. */
    MADE_ANEW
}
