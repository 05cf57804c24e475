package io.flowmaestro.connections.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.benchmarks.oauth.OAuthBenchmark;
import io.flowmaestro.connections.benchmarks.oauth.OAuthSettings;
import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A smoke round of everything. It shows that figures come out, not how good they are: a test has no say in that. */
class OAuthBenchmarkIT {

    private final Path repository = Path.of(System.getProperty("connections.repository"))
            .toAbsolutePath()
            .normalize();

    @Test
    void givesEveryFigureWithItsBaseline() throws Exception {
        var report = new OAuthBenchmark(repository, OAuthSettings.smoke()).run();

        assertThat(report.comparisons())
                .extracting(Comparison::name)
                .containsExactly(
                        "cached api_key / token check, concurrency 2",
                        "cached oauth2 / token check, concurrency 2",
                        "refreshes / what 100,000 in 10 minutes need");
        assertThat(report.comparisons()).allSatisfy(comparison -> {
            assertThat(comparison.measured().value()).isPositive().isFinite();
            assertThat(comparison.baseline().value()).isPositive().isFinite();
            assertThat(comparison.ratio()).isPositive().isFinite();
        });
        assertThat(report.figures())
                .extracting(Figure::name)
                .contains(
                        "cached, concurrency 2: processor, registry",
                        "uncached oauth2, concurrency 2: p99",
                        "uncached, concurrency 2: registry GET /internal/connections/{id}/credential",
                        "uncached, concurrency 2: vault POST /internal/decrypt",
                        "at once: processor, PostgreSQL",
                        "falling due: processor, broker 2",
                        "falling due: resident memory, broker 1");
        assertThat(report.figures())
                .filteredOn(figure -> figure.name().endsWith(": refreshed"))
                .extracting(Figure::value)
                .containsExactly(60.0, 30.0);
        assertThat(report.conditions()).hasSize(5).allMatch(Condition::met);
        assertThat(report.text()).contains("fsync=on");
    }
}
