package io.flowmaestro.connections.settings;

/**
 * A setting that somebody made.
 *
 * @param origin for people: where it was made
 */
record Given(String name, String origin, String value) {

    @Override
    public String toString() {
        // The value may be a secret.
        return name + " (" + origin + ")";
    }
}
