package io.flowmaestro.connections.emulator;

/** What one and the same provider may do or not. */
public enum Behaviour {
    /** The tokens are at the second place that the facts name, and the first is absent. */
    NESTED_TOKENS,
    /** No refresh token is issued, although there could be one. */
    NO_REFRESH_TOKEN,
    /** The answer does not say when the token ends. */
    NO_EXPIRY
}
