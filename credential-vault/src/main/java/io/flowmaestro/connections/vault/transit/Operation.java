package io.flowmaestro.connections.vault.transit;

/** What can be asked of the vault for a record. */
enum Operation {
    ENCRYPT("encrypt"),
    DECRYPT("decrypt"),
    REWRAP("rewrap"),
    IMPORT("import");

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    /** In metrics, messages and the audit trail. */
    String wireName() {
        return wireName;
    }
}
