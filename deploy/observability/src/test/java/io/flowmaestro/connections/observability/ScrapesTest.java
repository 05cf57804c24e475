package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that selects a label which no scrape sets sees nothing, and says so to nobody. */
class ScrapesTest {
    /** Values that are spelt out, also where they are excluded; patterns select among the same. */
    private static final Pattern SELECTED = Pattern.compile("\\b(job|service)\\s*!?=\\s*\"([^\"]+)\"");

    static Stream<Map<String, Set<String>>> ways() {
        return Stream.of(Scrapes.byPrometheusItself(), Scrapes.byThePodMonitor());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void setEveryLabelThatQueriesSelect(Map<String, Set<String>> labels) {
        assertThat(selected("job")).containsExactly("connections");
        assertThat(selected("service")).isNotEmpty();

        assertThat(labels.get("job")).containsExactly("connections");
        assertThat(labels.get("service")).containsAll(selected("service"));
    }

    @Test
    void nameTheSameServices() {
        assertThat(Scrapes.byThePodMonitor().get("service"))
                .hasSize(4)
                .isEqualTo(Scrapes.byPrometheusItself().get("service"));
    }

    private static Set<String> selected(String label) {
        return Stream.of(
                        Rules.all().map(Rules.Rule::expression),
                        Dashboards.queries().map(Dashboards.Query::expression),
                        Stream.of(Files.text(Files.FOLDER.resolve("prometheus/adapter.yaml"))))
                .flatMap(queries -> queries)
                .flatMap(query -> SELECTED.matcher(query).results())
                .filter(found -> found.group(1).equals(label))
                .map(found -> found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
