package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The collector's example takes apart what the services log. */
class LogsTest {
    /** As platform/http-conventions sets it; another format wants another expression, and another glossary. */
    private static final String FORMAT =
            "quarkus.log.console.format=%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c{2.}] %X{traceId} %s%e%n";

    @Test
    void areTakenApartWithAndWithoutATrace() {
        assertThat(Files.text(Files.ROOT.resolve(
                        "platform/http-conventions/src/main/resources/META-INF/microprofile-config.properties")))
                .contains(FORMAT);
        Pattern expression = Pattern.compile(expression().replace("(?P<", "(?<").replace("trace_id", "trace"));

        var traced = expression.matcher(
                "2030-01-01 12:00:00,000 WARN  [io.fl.co.re.Deliverer] 4bf92f3577b34da6a3ce929d0e0e4736 It failed\n at x");
        assertThat(traced.matches()).isTrue();
        assertThat(traced.group("level")).isEqualTo("WARN");
        assertThat(traced.group("trace")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(traced.group("message")).isEqualTo("It failed\n at x");
        var untraced = expression.matcher("2030-01-01 12:00:00,000 INFO  [io.quarkus]  started in 1.2s");
        assertThat(untraced.matches()).isTrue();
        assertThat(untraced.group("trace")).isNull();
        assertThat(untraced.group("message")).isEqualTo("started in 1.2s");
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
    private static String expression() {
        Map<String, Map<String, Map<String, Object>>> collector =
                Files.yaml(Files.FOLDER.resolve("otel/collector.yaml"));
        var operators = (List<Map<String, Object>>)
                collector.get("receivers").get("filelog").get("operators");
        return operators.stream()
                .filter(operator -> "regex_parser".equals(operator.get("type")))
                .map(operator -> String.valueOf(operator.get("regex")))
                .findFirst()
                .orElseThrow();
    }
}
