package io.flowmaestro.connections.registry.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row.
 *
 * @param id as it was sent; null if it was no UUID
 * @param detail why it was refused, and what to do; or what a dry run could not find out
 */
record ImportResult(
        @JsonInclude @Nullable String id,
        Outcome outcome,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String code,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String detail) {

    /** The kinds of ends. */
    enum Outcome {
        IMPORTED,
        /** A dry run: nothing was written. */
        WOULD_IMPORT,
        /** It is there already; nothing was written, whatever it holds. */
        UNCHANGED,
        REFUSED;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ImportResult of(ImportedConnection connection, Outcome outcome) {
        return new ImportResult(connection.id().toString(), outcome, null, null);
    }

    /** What a dry run says of a row that is not refused. */
    static ImportResult would(ImportedConnection connection, @Nullable String caveat) {
        return new ImportResult(connection.id().toString(), Outcome.WOULD_IMPORT, null, caveat);
    }

    static ImportResult refused(@Nullable String id, String code, String detail) {
        return new ImportResult(id, Outcome.REFUSED, code, detail);
    }
}
