package io.flowmaestro.connections.oauthclient;

/** A value that shows in no log, error or dump by accident. It leaves only through {@link #reveal()}. */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The one way out; every use of it is where a secret is sent, sealed or handed to its user. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
