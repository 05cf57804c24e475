package io.flowmaestro.connections.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportTest {

    /** As services write JSON. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private static final UUID USER = UUID.fromString("7d3c1b5e-0a52-4c1e-9d4c-6b1f8e3f2a10");
    private static final UUID ANOTHER = UUID.fromString("1f2e3d4c-5b6a-4788-9a0b-c1d2e3f4a5b6");
    private static final UUID CONNECTION = UUID.fromString("0c9b8a79-6857-4645-b323-1201f0e9d8c7");
    private static final UUID EVENT = UUID.fromString("0193a5b2-7c00-7000-8000-000000000001");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void eventsOfOneUserNameNone() throws JsonProcessingException {
        var report = Report.of(List.of(event(USER, TRACE, Map.of("tool", "search"))));

        assertThat(report.user()).isEqualTo(USER);
        assertThat(JSON.readTree(JSON.writeValueAsString(report))).isEqualTo(JSON.readTree("""
                {"events": [{
                  "id": "0193a5b2-7c00-7000-8000-000000000001",
                  "connection_id": "0c9b8a79-6857-4645-b323-1201f0e9d8c7",
                  "type": "tool_called",
                  "occurred_at": "2026-11-28T08:00:00.123456Z",
                  "actor": "worker-7",
                  "via": "flowmaestro-worker",
                  "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
                  "details": {"tool": "search"}
                }]}
                """));
    }

    @Test
    void eventsOfSeveralUsersNameThem() throws JsonProcessingException {
        var report = Report.of(List.of(event(USER, null, Map.of()), event(ANOTHER, null, Map.of())));

        assertThat(report.user()).isNull();
        assertThat(JSON.readTree(JSON.writeValueAsString(report)).path("events"))
                .extracting(event -> event.path("user_id").textValue())
                .containsExactly(USER.toString(), ANOTHER.toString());
    }

    @Test
    void whatIsNotThereIsLeftOut() throws JsonProcessingException {
        var event = JSON.readTree(JSON.writeValueAsString(Report.of(List.of(event(USER, null, Map.of())))))
                .path("events")
                .path(0);

        assertThat(event.has("trace_id")).isFalse();
        assertThat(event.path("details")).isEmpty();
    }

    @Test
    void momentsAreToTheNanosecond() throws JsonProcessingException {
        var moments = Stream.of(
                        "1969-12-31T23:59:59.999999999Z", "2026-11-28T08:00:00Z", "2026-11-28T08:00:00.000000001Z")
                .map(Instant::parse)
                .toList();
        var report = Report.of(moments.stream().map(ReportTest::event).toList());

        assertThat(JSON.readTree(JSON.writeValueAsString(report)).path("events"))
                .extracting(event -> Instant.parse(event.path("occurred_at").textValue()))
                .isEqualTo(moments);
    }

    @Test
    void detailsKeepTheirKind() throws JsonProcessingException {
        var details = Map.<String, Object>of("uses", 3, "share", 0.5, "again", true, "tool", "a \"b\" \u20ac");

        assertThat(JSON.readTree(JSON.writeValueAsString(Report.of(List.of(event(USER, TRACE, details)))))
                        .at("/events/0/details"))
                .isEqualTo(JSON.readTree(
                        "{\"uses\": 3, \"share\": 0.5, \"again\": true, \"tool\": \"a \\\"b\\\" \u20ac\"}"));
    }

    private static UsageEvent event(UUID user, @Nullable String trace, Map<String, Object> details) {
        return event(user, Instant.parse("2026-11-28T08:00:00.123456Z"), trace, details);
    }

    private static UsageEvent event(Instant moment) {
        return event(USER, moment, TRACE, Map.of());
    }

    private static UsageEvent event(UUID user, Instant moment, @Nullable String trace, Map<String, Object> details) {
        return new UsageEvent(
                EVENT, user, CONNECTION, "tool_called", moment, "worker-7", "flowmaestro-worker", trace, details);
    }
}
