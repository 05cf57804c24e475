package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metric that autoscalers ask for is one that the adapter makes. */
class AdapterTest {
    @Test
    void makesWhatTheAutoscalersAskFor() {
        String chart = Files.text(Files.ROOT.resolve("deploy/kubernetes/chart/templates/workloads.yaml"));
        var asked = Pattern.compile("metric:\\s+name: (\\w+)").matcher(chart);
        assertThat(asked.find()).isTrue();

        assertThat(rules()).anySatisfy(rule -> assertThat(rule.get("name")).isEqualTo(Map.of("as", asked.group(1))));
    }

    /** With what the adapter puts in for its templates. */
    static Stream<String> queries() {
        return rules().stream()
                .map(rule -> String.valueOf(rule.get("metricsQuery"))
                        .replace("<<.GroupBy>>", "pod")
                        .replace("<<.LabelMatchers>>", "pod=\"x\""));
    }

    private static List<Map<String, Object>> rules() {
        Map<String, List<Map<String, Object>>> adapter = Files.yaml(Files.FOLDER.resolve("prometheus/adapter.yaml"));
        return adapter.get("rules");
    }
}
