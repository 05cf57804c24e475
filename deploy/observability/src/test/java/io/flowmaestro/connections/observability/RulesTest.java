package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
    @Test
    void areWellFormed() throws Exception {
        assertThat(Tool.run("promtool", "check", "config", "prometheus/prometheus.yaml"))
                .contains("SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("tests")
    void fireWhenTheyShouldAndNotBefore(Path tests) throws Exception {
        assertThat(Tool.run("promtool", "test", "rules", tests.toString())).contains("SUCCESS");
    }

    /** One that no pod is left of has no series that would say so: the rule has to name it. */
    @Test
    void missEveryServiceThatIsScraped() {
        String down = Rules.alerts().stream()
                .filter(alert -> alert.name().equals("ConnectionsServiceDown"))
                .map(Rules.Rule::expression)
                .findFirst()
                .orElseThrow();

        assertThat(Scrapes.byPrometheusItself().get("service"))
                .hasSize(4)
                .allSatisfy(service ->
                        assertThat(down).contains("absent(up{job=\"connections\", service=\"" + service + "\"})"));
    }

    @Test
    void areEachTestedToFire() {
        String tests = tests().map(Files::text).collect(Collectors.joining());

        assertThat(Rules.alerts())
                .hasSizeGreaterThan(20)
                .allSatisfy(alert -> assertThat(tests)
                        .contains("- labels: 'ALERTS{alertname=\"" + alert.name()
                                + "\", alertstate=\"firing\", severity=\"" + alert.severity() + "\""));
    }

    @Test
    void eachLeadToARunbookThatNamesThem() {
        assertThat(Rules.alerts()).allSatisfy(alert -> {
            Path runbook = Files.ROOT.resolve(alert.runbook());
            assertThat(runbook).isRegularFile();
            assertThat(Files.text(runbook)).contains("`" + alert.name() + "`");
        });
    }

    @Test
    void haveASeverityThatSomebodyIsTold() throws Exception {
        String routes = Files.text(Files.FOLDER.resolve("alertmanager/alertmanager.yaml"));
        assertThat(Tool.run("amtool", "check-config", "alertmanager/alertmanager.yaml"))
                .contains("SUCCESS");

        assertThat(Rules.alerts())
                .extracting(Rules.Rule::severity)
                .isSubsetOf("page", "ticket")
                .contains("page", "ticket");
        assertThat(routes).contains("severity=\"page\"");
    }

    /** A query that Prometheus cannot read shows nothing, and says so to nobody. */
    @Test
    void andQueriesOfDashboardsAreReadByPrometheus(@TempDir Path folder) throws Exception {
        String rules = Dashboards.queries()
                .map(query -> "      - {record: \"query:of:dashboard\", expr: '"
                        + query.expression().replace("'", "''") + "', labels: {of: \""
                        + query.panel().replace("\"", "") + "\"}}")
                .collect(Collectors.joining("\n", "groups:\n  - name: dashboards\n    rules:\n", "\n"));
        Path file = java.nio.file.Files.writeString(folder.resolve("dashboards.yaml"), rules);

        assertThat(Tool.run("promtool", "check", "rules", "--lint=none", file.toString()))
                .contains("SUCCESS");
    }

    @Test
    void ofInhibitionNameAlertsThatThereAre() {
        Map<String, List<Map<String, List<String>>>> alertmanager =
                Files.yaml(Files.FOLDER.resolve("alertmanager/alertmanager.yaml"));
        List<String> names = Rules.alerts().stream().map(Rules.Rule::name).toList();

        assertThat(alertmanager.get("inhibit_rules"))
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.get("source_matchers")).allSatisfy(matcher -> {
                    String pattern = matcher.replaceAll(".*=~?\"(.*)\"", "$1");
                    assertThat(names).anyMatch(name -> name.matches(pattern));
                }));
    }

    static Stream<Path> tests() {
        return Files.below(Files.FOLDER.resolve("prometheus/tests"), ".yaml").stream();
    }
}
