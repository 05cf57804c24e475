package io.flowmaestro.connections.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.benchmarks.mcp.McpBenchmark;
import io.flowmaestro.connections.benchmarks.mcp.McpSettings;
import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A smoke round of everything. It shows that figures come out, not how good they are: a test has no say in that. */
class McpBenchmarkIT {

    private final Path repository = Path.of(System.getProperty("connections.repository"))
            .toAbsolutePath()
            .normalize();

    @Test
    void givesEveryFigureWithItsBaseline() throws Exception {
        var report = new McpBenchmark(repository, McpSettings.smoke()).run();

        assertThat(report.comparisons())
                .extracting(Comparison::name)
                .containsExactly(
                        "server that does nothing, gateway / nginx, concurrency 2",
                        "server of 5 ms, gateway / direct, concurrency 2");
        assertThat(report.comparisons()).allSatisfy(comparison -> {
            assertThat(comparison.measured().value()).isPositive().isFinite();
            assertThat(comparison.baseline().value()).isPositive().isFinite();
            assertThat(comparison.ratio()).isPositive().isFinite();
        });
        assertThat(report.figures())
                .extracting(Figure::name)
                .contains(
                        "server that does nothing, nginx, concurrency 2: processor",
                        "server that does nothing, gateway, concurrency 2: processor",
                        "list of 5 connections, one that is silent: p50",
                        "idle session with a server: heap",
                        "idle client: heap");
        assertThat(report.conditions())
                .filteredOn(condition -> !condition.name().startsWith("the gateway adds"))
                .hasSize(5)
                .allMatch(Condition::met);
    }
}
