package io.flowmaestro.connections.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    private static final Path GLOSSARY = Path.of("../../docs/logs.md");

    private final JsonLine form = new JsonLine("oauth-broker");

    private static ExtLogRecord entry(String message) {
        var entry = new ExtLogRecord(Level.WARN, message, JsonLineTest.class.getName());
        entry.setLoggerName("io.flowmaestro.connections.oauth.Some");
        entry.setThreadName("vert.x-eventloop-thread-1");
        entry.setInstant(Instant.parse("2026-11-26T08:00:00Z"));
        return entry;
    }

    private static ExtLogRecord full() {
        var entry = entry("a message");
        entry.putMdc("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        entry.putMdc("spanId", "00f067aa0ba902b7");
        entry.setThrown(new IllegalStateException("a fault"));
        return entry;
    }

    private JsonNode read(ExtLogRecord entry) throws Exception {
        String line = form.format(entry);
        assertThat(line).endsWith("\n");
        assertThat(line.substring(0, line.length() - 1)).doesNotContain("\n", "\r");
        return new ObjectMapper().readTree(line);
    }

    @Test
    void isOneObjectOnOneLine() throws Exception {
        JsonNode line = read(entry("first line\nsecond \"line\"\r\u0007 ü"));

        assertThat(line.path("timestamp").asText()).isEqualTo("2026-11-26T08:00:00.000Z");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("service").asText()).isEqualTo("oauth-broker");
        assertThat(line.path("logger").asText()).isEqualTo("io.flowmaestro.connections.oauth.Some");
        assertThat(line.path("message").asText()).isEqualTo("first line\nsecond \"line\"\r\u0007 ü");
        assertThat(line.has("trace_id")).isFalse();
        assertThat(line.has("error")).isFalse();
    }

    @Test
    void saysWhatWasThrownWithItsStack() throws Exception {
        JsonNode error = read(full()).path("error");

        assertThat(error.path("type").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.path("message").asText()).isEqualTo("a fault");
        assertThat(error.path("stack").asText()).contains("a fault", "at " + JsonLineTest.class.getName());
    }

    @Test
    void namesTheTraceAndTakesNothingElseThatARequestCarriesAlong() throws Exception {
        var entry = full();
        entry.putMdc("authorization", "canary");

        JsonNode line = read(entry);

        assertThat(line.path("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.path("span_id").asText()).isEqualTo("00f067aa0ba902b7");
        assertThat(line.toString()).doesNotContain("canary");
    }

    /** Whoever sets up a log store reads the glossary, not this class. */
    @Test
    void hasTheKeysOfTheGlossaryAndNoOthers() throws Exception {
        Set<String> explained = new TreeSet<>();
        var row = Pattern.compile("^\\| `([a-z_.]+)` \\|", Pattern.MULTILINE).matcher(Files.readString(GLOSSARY));
        while (row.find()) {
            explained.add(row.group(1));
        }

        assertThat(keys("", read(full()))).isEqualTo(explained);
    }

    private static Set<String> keys(String prefix, JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.fields().forEachRemaining(field -> {
            if (field.getValue().isObject()) {
                keys.addAll(keys(prefix + field.getKey() + ".", field.getValue()));
            } else {
                keys.add(prefix + field.getKey());
            }
        });
        return keys;
    }
}
