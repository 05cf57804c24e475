package io.flowmaestro.connections.local.proof.oauth;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A request on its way from a broker to one of its peers. */
record Passing(String method, String path, String body) {
    private static final Pattern CONNECTION = Pattern.compile(
            "(?:/connections/|\"connection_id\":\")([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    /** New tokens on their way to the registry. */
    static final Predicate<Passing> PUBLICATION =
            passing -> passing.method().equals("PUT") && passing.path().endsWith("/credential");

    /** Tokens on their way to the vault, to be sealed as a connection's data. */
    static final Predicate<Passing> SEALING = passing ->
            passing.path().startsWith("/internal/encrypt") && passing.body().contains("\"connection-data\"");

    /** The key under which the provider's answer will be sealed, on its way to the vault. */
    static final Predicate<Passing> ANSWER_KEY = passing ->
            passing.path().startsWith("/internal/encrypt") && passing.body().contains("\"refresh-answer\"");

    static final Predicate<Passing> ANYTHING = _ -> true;
    static final Predicate<Passing> NOTHING = _ -> false;

    /** The connection that it is about, or nothing. */
    String connection() {
        var found = CONNECTION.matcher(path + " " + body);
        return found.find() ? found.group(1) : "";
    }
}
