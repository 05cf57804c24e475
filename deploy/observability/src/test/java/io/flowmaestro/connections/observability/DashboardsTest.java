package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardsTest {
    @Test
    void areFive() {
        assertThat(Dashboards.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "connections-by-status.json",
                        "connections-mcp.json",
                        "connections-oauth.json",
                        "connections-overview.json",
                        "connections-vault.json");
    }

    @Test
    void ofEveryFileHaveAnIdentityOfTheirOwnAndPanelsThatDoNotOverlap() {
        assertThat(Dashboards.files()).allSatisfy(file -> {
            Map<String, Object> dashboard = Files.yaml(file);
            assertThat(file.getFileName().toString()).isEqualTo(dashboard.get("uid") + ".json");
            assertThat(places(dashboard)).doesNotHaveDuplicates();
        });
    }

    /** Whoever asks only one replica's series sees a part; a query names the suite's job, or reads a recorded rule. */
    @Test
    void askForNothingOfOthers() {
        assertThat(Dashboards.queries())
                .allSatisfy(query -> assertThat(query.expression())
                        .as(query.panel())
                        .containsAnyOf("job=\"connections\"", "connections:", "alertname=~\"Connections.*\""));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> places(Map<String, Object> dashboard) {
        return ((List<Map<String, Map<String, Object>>>) dashboard.get("panels"))
                .stream()
                        .map(panel -> (Object) (panel.get("gridPos").get("x") + ","
                                + panel.get("gridPos").get("y")))
                        .toList();
    }
}
