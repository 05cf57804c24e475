package io.flowmaestro.connections.registry.event;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event as a line of CSV (RFC 4180), safe to open in a spreadsheet. */
final class CsvLine {

    static final String HEADER = "id,connection_id,type,occurred_at,actor,via,trace_id,details\r\n";

    private CsvLine() {}

    static String of(EventView event) {
        return Stream.of(
                                event.id().toString(),
                                event.connectionId().toString(),
                                event.type(),
                                event.occurredAt().toString(),
                                event.actor(),
                                event.via(),
                                event.traceId(),
                                event.details())
                        .map(CsvLine::field)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /** A spreadsheet takes text that begins so for a formula: the apostrophe tells it not to. */
    private static String field(@Nullable String value) {
        String text = value == null ? "" : value;
        String safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        boolean quoted = safe.chars().anyMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
