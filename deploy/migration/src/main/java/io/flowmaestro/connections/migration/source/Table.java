package io.flowmaestro.connections.migration.source;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** The tables that hold connections, in the order in which they are read: of two rows with one id the first counts. */
public enum Table {
    CONNECTIONS,
    CREDENTIALS,
    INTEGRATIONS;

    public static Table named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.tableName().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.usage("--table takes connections, credentials or integrations."));
    }

    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
