package io.flowmaestro.connections.vault.envelope;

import java.util.Arrays;
import java.util.Optional;

/** What a record is for. Ciphertext made for one purpose opens for no other. */
public enum Purpose {
    /** The secret part of a connection: the UTF-8 JSON of its method's {@code data} object. */
    CONNECTION_DATA("connection-data"),

    /** What deliveries to a user's webhook are signed with; the record's id is the webhook's. */
    WEBHOOK_SECRET("webhook-secret"),

    /** What a provider answered to a refresh, kept until it is published; the record's id is the refresh attempt's. */
    REFRESH_ANSWER("refresh-answer"),

    /** The secret of an OAuth client that an operator registered; the record's id stands for the provider. */
    CLIENT_SECRET("client-secret");

    private final String wireName;

    Purpose(String wireName) {
        this.wireName = wireName;
    }

    /** The name in requests and in the associated data; never changes once a record was sealed with it. */
    public String wireName() {
        return wireName;
    }

    public static Optional<Purpose> of(String wireName) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.wireName.equals(wireName))
                .findFirst();
    }
}
