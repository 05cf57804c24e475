package io.flowmaestro.connections.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as one line of JSON. Its keys are those of docs/logs.md, and no others: of what a request carries along (the
 * MDC) only the ids of its trace are taken, so nothing gets into a log by being put there for another purpose.
 */
final class JsonLine extends ExtFormatter {

    private static final JsonFactory JSON = new JsonFactory();
    /** To the millisecond, always: texts of one length are in the order of time. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final String TRACE = "traceId";
    private static final String SPAN = "spanId";

    private final String service;

    JsonLine(String service) {
        this.service = service;
    }

    @Override
    public String format(ExtLogRecord entry) {
        var line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", TIME.format(entry.getInstant()));
            json.writeStringField("level", entry.getLevel().getName());
            json.writeStringField("service", service);
            json.writeStringField("logger", String.valueOf(entry.getLoggerName()));
            json.writeStringField("message", formatMessage(entry));
            json.writeStringField("thread", String.valueOf(entry.getThreadName()));
            writeId(json, "trace_id", entry.getMdc(TRACE));
            writeId(json, "span_id", entry.getMdc(SPAN));
            if (entry.getThrown() != null) {
                writeError(json, entry.getThrown());
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.append('\n').toString();
    }

    private static void writeId(JsonGenerator json, String key, @Nullable String id) throws IOException {
        if (id != null && !id.isEmpty()) {
            json.writeStringField(key, id);
        }
    }

    private static void writeError(JsonGenerator json, Throwable thrown) throws IOException {
        var stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        json.writeObjectFieldStart("error");
        json.writeStringField("type", thrown.getClass().getName());
        json.writeStringField("message", String.valueOf(thrown.getMessage()));
        json.writeStringField("stack", stack.toString());
        json.writeEndObject();
    }
}
