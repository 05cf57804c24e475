package io.flowmaestro.connections.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.benchmarks.registry.RegistryBenchmark;
import io.flowmaestro.connections.benchmarks.registry.RegistrySettings;
import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A smoke round of everything. It shows that figures come out, not how good they are: a test has no say in that. */
class RegistryBenchmarkIT {

    private final Path repository = Path.of(System.getProperty("connections.repository"))
            .toAbsolutePath()
            .normalize();

    @Test
    void givesEveryFigureWithItsBaseline() throws Exception {
        var report = new RegistryBenchmark(repository, RegistrySettings.smoke()).run();

        assertThat(report.comparisons())
                .extracting(Comparison::name)
                .containsExactly(
                        "get / bare SELECT, concurrency 2",
                        "get, row security / none, concurrency 2",
                        "list of 100 / bare SELECT, concurrency 2",
                        "list of 100, row security / none, concurrency 2",
                        "list of 100, p99 on few rows / on many, concurrency 2");
        assertThat(report.comparisons()).allSatisfy(comparison -> {
            assertThat(comparison.measured().value()).isPositive().isFinite();
            assertThat(comparison.baseline().value()).isPositive().isFinite();
            assertThat(comparison.ratio()).isPositive().isFinite();
        });
        assertThat(report.figures())
                .extracting(Figure::name)
                .contains(
                        "get, concurrency 2: p99",
                        "get, bare SELECT, concurrency 2: calls",
                        "list of 100, no policies, concurrency 2: processor",
                        "list of 100, 500 rows, concurrency 2: p99",
                        "registry: resident memory");
        assertThat(report.figures())
                .allSatisfy(figure -> assertThat(figure.value()).isPositive().isFinite());
        assertThat(report.conditions()).hasSize(3).allMatch(Condition::met);
        assertThat(report.text()).contains("fsync=on");
    }
}
