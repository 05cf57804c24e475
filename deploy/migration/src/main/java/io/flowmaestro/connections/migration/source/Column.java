package io.flowmaestro.connections.migration.source;

/**
 * A column as the catalogue of the source has it.
 *
 * @param type PostgreSQL's short name of it, such as {@code varchar}
 * @param enumerated a type of its own, made by {@code create type … as enum}
 * @param key alone enough to tell rows apart, and never null
 */
record Column(String name, String type, boolean enumerated, boolean key) {

    /** Quoted; the names come from the catalogue. */
    String sql() {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
