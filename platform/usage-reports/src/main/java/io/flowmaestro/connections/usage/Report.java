package io.flowmaestro.connections.usage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body of a report, as connection-registry reads it. It says by itself how it is written, since every tool call is an
 * event of a report: nothing of it is put into words twice.
 *
 * @param user whose events these are, which the call says once for all of them; null when each event names its own
 */
record Report(@Nullable UUID user, List<UsageEvent> events) implements JsonSerializable {

    private static final SerializableString EVENTS = new SerializedString("events");
    private static final SerializableString ID = new SerializedString("id");
    private static final SerializableString USER = new SerializedString("user_id");
    private static final SerializableString CONNECTION = new SerializedString("connection_id");
    private static final SerializableString TYPE = new SerializedString("type");
    private static final SerializableString MOMENT = new SerializedString("occurred_at");
    private static final SerializableString ACTOR = new SerializedString("actor");
    private static final SerializableString CLIENT = new SerializedString("via");
    private static final SerializableString TRACE = new SerializedString("trace_id");
    private static final SerializableString DETAILS = new SerializedString("details");

    static Report of(List<UsageEvent> events) {
        var user = events.getFirst().user();
        return new Report(isOf(user, events) ? user : null, events);
    }

    private static boolean isOf(UUID user, List<UsageEvent> events) {
        for (var event : events) {
            if (!event.user().equals(user)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider values) throws IOException {
        json.writeStartObject();
        json.writeFieldName(EVENTS);
        json.writeStartArray();
        var moments = new Moments();
        for (var event : events) {
            write(event, moments, json, values);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(UsageEvent event, Moments moments, JsonGenerator json, SerializerProvider values)
            throws IOException {
        json.writeStartObject();
        write(ID, event.id().toString(), json);
        if (user == null) {
            write(USER, event.user().toString(), json);
        }
        write(CONNECTION, event.connection().toString(), json);
        write(TYPE, event.type(), json);
        write(MOMENT, moments.text(event.occurredAt()), json);
        write(ACTOR, event.actor(), json);
        write(CLIENT, event.via(), json);
        if (event.traceId() != null) {
            write(TRACE, event.traceId(), json);
        }
        json.writeFieldName(DETAILS);
        json.writeStartObject();
        for (var detail : event.details().entrySet()) {
            values.defaultSerializeField(detail.getKey(), detail.getValue(), json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(SerializableString name, String value, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        json.writeString(value);
    }

    /** Moments as in ISO 8601. Those of a report are of few seconds, and to write the date and the time takes a microsecond. */
    private static final class Moments {

        private static final int SECOND_IN_NANOS = 1_000_000_000;

        private long second = Long.MIN_VALUE;
        private String text = "";

        String text(Instant moment) {
            if (moment.getEpochSecond() != second) {
                second = moment.getEpochSecond();
                text = Instant.ofEpochSecond(second).toString().replace("Z", ".");
            }
            return text + String.valueOf(SECOND_IN_NANOS + moment.getNano()).substring(1) + "Z";
        }
    }

    /** A report is nothing but a report. */
    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider values, TypeSerializer type)
            throws IOException {
        serialize(json, values);
    }
}
