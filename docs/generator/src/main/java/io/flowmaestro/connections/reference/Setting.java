package io.flowmaestro.connections.reference;

/**
 * A key of a configuration mapping.
 *
 * @param name whole, for example {@code connections.mcp.calls.rate-per-second}
 * @param type for people: {@code duration}, {@code list of text} …
 * @param fallback the default; empty if there is none
 * @param optional whether it may be left unset
 * @param description of its javadoc, as Markdown
 */
record Setting(String name, String type, String fallback, boolean optional, String description) {

    /** As an environment variable, by the rules of MicroProfile Config. */
    String variable() {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }
}
