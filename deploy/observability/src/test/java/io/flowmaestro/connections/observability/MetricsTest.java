package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.observability.ExposedMetrics.Exposed;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every metric that is read is one that a service exposes. {@code SuiteIT} asks a running suite for those in metrics.txt. */
class MetricsTest {
    /** Prometheus' own. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    @Test
    void ofEveryRuleAndQueryAreExposedOrRecorded() {
        Set<String> known = names();
        known.addAll(Rules.recorded());
        known.addAll(OF_PROMETHEUS);

        assertThat(read()).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void thatAreListedAreRead() {
        assertThat(names()).isSubsetOf(read());
    }

    /** What its first event makes cannot be asked of a suite that has had none: the code has to have it. */
    @ParameterizedTest
    @MethodSource("ofEvents")
    void ofEventsAreInTheCode(Exposed metric) {
        String base = metric.meter().replace('.', '_');

        assertThat(metric.name()).matches(base + "(_total|_seconds_(count|sum|max|bucket))?");
        assertThat(metric.services())
                .allSatisfy(service -> assertThat(sources(service)).contains("\"" + metric.meter() + "\""));
    }

    static Stream<Exposed> ofEvents() {
        return ExposedMetrics.all().filter(metric -> !metric.meter().isEmpty());
    }

    private static Set<String> names() {
        return ExposedMetrics.all().map(Exposed::name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> read() {
        Stream<String> queries = Stream.of(
                        Rules.all().map(Rules.Rule::expression),
                        Dashboards.queries().map(Dashboards.Query::expression),
                        AdapterTest.queries())
                .flatMap(expressions -> expressions);
        return queries.flatMap(query -> Promql.metrics(query).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String sources(String service) {
        return Files.below(Files.ROOT.resolve(service).resolve("src/main/java"), ".java").stream()
                .map(Files::text)
                .collect(Collectors.joining());
    }
}
