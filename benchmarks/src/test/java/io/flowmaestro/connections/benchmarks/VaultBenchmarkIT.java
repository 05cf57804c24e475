package io.flowmaestro.connections.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.vault.Settings;
import io.flowmaestro.connections.benchmarks.vault.VaultBenchmark;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A smoke round of everything. It shows that figures come out, not how good they are: a test has no say in that. */
class VaultBenchmarkIT {

    private final Path repository = Path.of(System.getProperty("connections.repository"))
            .toAbsolutePath()
            .normalize();

    @Test
    void givesEveryFigureWithItsBaseline(@TempDir Path folder) throws Exception {
        var report = new VaultBenchmark(repository, Settings.smoke()).run();

        assertThat(report.comparisons())
                .extracting(Comparison::name)
                .containsExactly(
                        "seal 1 KiB in process",
                        "open 1 KiB in process",
                        "encrypt with audit / audit only, concurrency 2",
                        "encrypt batch of 100 / single, concurrency 2");
        assertThat(report.comparisons()).allSatisfy(comparison -> {
            assertThat(comparison.measured().value()).isPositive().isFinite();
            assertThat(comparison.baseline().value()).isPositive().isFinite();
            assertThat(comparison.ratio()).isPositive().isFinite();
        });
        assertThat(report.figures())
                .extracting(Figure::name)
                .contains(
                        "allocated by vaultSeal",
                        "allocated by jcaOpen",
                        "encrypt, concurrency 2: p99",
                        "encrypt batch, concurrency 2: records",
                        "decrypt, concurrency 2: allocated",
                        "vault: resident memory");
        assertThat(report.figures())
                .allSatisfy(figure -> assertThat(figure.value()).isPositive().isFinite());
        assertThat(report.text()).contains("fsync=on", "cores");
        var json = folder.resolve("vault.json");
        report.write(json);
        assertThat(Files.readString(json)).contains("\"comparisons\"", "\"bar\" : 0.9", "\"met\"");
    }
}
