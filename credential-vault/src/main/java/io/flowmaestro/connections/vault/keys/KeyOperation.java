package io.flowmaestro.connections.vault.keys;

import java.util.Optional;

/** What can be done with keys. An admin may do all of it for anyone; one service may do some of it for its user. */
public enum KeyOperation {
    SHOW("show-keys", Optional.empty()),
    ROTATE("rotate", Optional.of("connection-registry")),
    SET_MINIMUM_VERSION("set-minimum-version", Optional.empty()),
    DESTROY("destroy", Optional.of("connection-registry")),
    CHANGE_KEY_ENCRYPTION_KEY("change-key-encryption-key", Optional.empty());

    private final String wireName;
    private final Optional<String> client;

    KeyOperation(String wireName, Optional<String> client) {
        this.wireName = wireName;
        this.client = client;
    }

    /** In messages and the audit trail. */
    public String wireName() {
        return wireName;
    }

    boolean isOpenTo(String service) {
        return client.filter(service::equals).isPresent();
    }
}
