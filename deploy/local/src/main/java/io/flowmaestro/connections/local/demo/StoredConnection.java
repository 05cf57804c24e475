package io.flowmaestro.connections.local.demo;

/**
 * A connection's row, as the superuser sees it.
 *
 * @param data the column's JSON text
 * @param tools how many tools are stored
 */
record StoredConnection(String data, long credentialGeneration, int tools) {

    @Override
    public String toString() {
        return "StoredConnection[generation " + credentialGeneration + "]";
    }
}
