package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.logs.JsonLogsRecorder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The collector's example takes apart the lines that the services write in production: those of platform/json-logs itself. */
class LogsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private final Collector collector = Collector.ofTheExample();

    @BeforeAll
    static void isAServiceInProduction() {
        System.setProperty("quarkus.application.name", "oauth-broker");
        System.setProperty("connections.logs.json", "true");
    }

    private static ExtLogRecord entry(java.util.logging.Level level) {
        var entry = new ExtLogRecord(level, "It \"failed\",\n twice", LogsTest.class.getName());
        entry.setLoggerName("io.flowmaestro.connections.oauth.Some");
        entry.setThreadName("vert.x-eventloop-thread-1");
        entry.setInstant(Instant.parse("2030-01-01T12:00:00.120Z"));
        return entry;
    }

    private static String line(ExtLogRecord entry) {
        Formatter formatter = new JsonLogsRecorder().formatter().getValue().orElseThrow();
        return formatter.format(entry).stripTrailing();
    }

    @Test
    void becomeRecordsWithTimeSeverityAndTrace() {
        var entry = entry(Level.WARN);
        entry.putMdc("traceId", TRACE);
        entry.putMdc("spanId", SPAN);
        entry.setThrown(new IllegalStateException("a fault"));

        var read = collector.read(line(entry));

        assertThat(read.time()).isEqualTo(Instant.parse("2030-01-01T12:00:00.120Z"));
        assertThat(read.severity()).isEqualTo("WARN");
        assertThat(read.trace()).isEqualTo(TRACE);
        assertThat(read.span()).isEqualTo(SPAN);
        assertThat(read.tree())
                .containsEntry("body", "It \"failed\",\n twice")
                .containsEntry("resource", Map.of("service.name", "oauth-broker"));
        assertThat(attributes(read))
                .containsOnlyKeys("logger", "thread", "exception.type", "exception.message", "exception.stacktrace");
        assertThat(attributes(read))
                .containsEntry("exception.type", "java.lang.IllegalStateException")
                .containsEntry("exception.message", "a fault");
        assertThat(read.idle()).as("operators without anything to do").isEmpty();
    }

    @Test
    void needNeitherTraceNorError() {
        var read = collector.read(line(entry(Level.INFO)));

        assertThat(read.trace()).isNull();
        assertThat(read.severity()).isEqualTo("INFO");
        assertThat(attributes(read)).containsOnlyKeys("logger", "thread");
    }

    /** What a service says that cannot start is text. */
    @Test
    void areLeftAloneWhereTheyAreText() {
        var read = collector.read("CONNECTIONS_ISSUER must be an https URL");

        assertThat(read.tree())
                .containsEntry("body", "CONNECTIONS_ISSUER must be an https URL")
                .containsEntry("attributes", Map.of());
        assertThat(read.time()).isNull();
    }

    /** Levels that OpenTelemetry's collector knows without being told. */
    @Test
    void haveLevelsThatTheCollectorKnows() {
        assertThat(List.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR, Level.FATAL))
                .extracting(level -> collector.read(line(entry(level))).severity())
                .containsExactly("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL");
    }

    /** The pod's name is in the path, which the operator for containers takes apart. */
    @Test
    void sayWhichPodTheyAreOf() {
        Map<String, Map<String, Map<String, Object>>> collector =
                Files.yaml(Files.FOLDER.resolve("otel/collector.yaml"));

        assertThat(collector.get("receivers").get("filelog")).containsEntry("include_file_path", true);
    }

    @Test
    void goThroughPartsThatThereAre() {
        Map<String, Map<String, Object>> collector = Files.yaml(Files.FOLDER.resolve("otel/collector.yaml"));
        @SuppressWarnings("unchecked")
        var pipelines = (Map<String, Map<String, List<String>>>)
                collector.get("service").get("pipelines");

        assertThat(pipelines.values())
                .isNotEmpty()
                .allSatisfy(pipeline -> pipeline.forEach((kind, parts) ->
                        assertThat(collector.get(kind).keySet()).containsAll(parts)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> attributes(Collector.Entry read) {
        return (Map<String, Object>) read.tree().get("attributes");
    }
}
