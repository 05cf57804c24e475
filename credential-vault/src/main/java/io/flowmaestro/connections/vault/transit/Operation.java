package io.flowmaestro.connections.vault.transit;

/** What can be asked of the vault. */
enum Operation {
    ENCRYPT("encrypt"),
    DECRYPT("decrypt");

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }
}
