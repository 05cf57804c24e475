package io.flowmaestro.connections.registry.rewrap;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where the registry stores envelopes, in the order in which a run goes through them. No envelope is anywhere else. */
public enum Store {
    CONNECTIONS("connection", "connections", "id", "id::text", "user_id", "data", "true"),
    /** What deliveries are signed with. */
    WEBHOOKS("webhook", "webhooks", "id", "id::text", "user_id", "secret", "true"),
    /** Secrets of the OAuth clients that administrators registered, sealed with the key of the suite itself. */
    CLIENTS(
            "OAuth client of provider",
            "providers",
            "rewrap_id",
            "key",
            "key_scope",
            "client_secret",
            "has_client_secret");

    private final String noun;
    private final String table;
    private final String id;
    private final String name;
    private final String owner;
    private final String envelope;
    private final String isSealed;

    Store(String noun, String table, String id, String name, String owner, String envelope, String isSealed) {
        this.noun = noun;
        this.table = table;
        this.id = id;
        this.name = name;
        this.owner = owner;
        this.envelope = envelope;
        this.isSealed = isSealed;
    }

    /** A row of it in messages: {@code webhook 0190…}. */
    String naming(String row) {
        return noun + " " + row;
    }

    /** The statement for this store's table, whose name and columns stand in braces. */
    String sql(String statement) {
        return statement
                .replace("{table}", "registry." + table)
                .replace("{id}", id)
                .replace("{name}", name)
                .replace("{owner}", owner)
                .replace("{envelope}", envelope)
                .replace("{isSealed}", isSealed);
    }

    /** One text of all stores: {@code statement} for each, with {@code between} them. */
    static String each(String statement, String between) {
        return Arrays.stream(values()).map(store -> store.sql(statement)).collect(Collectors.joining(between));
    }
}
