package io.flowmaestro.connections.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Measure;
import io.flowmaestro.connections.benchmarks.report.Report;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report = new Report("example");

    @Test
    void namesTheBarsThatWereMissed() {
        report.add(comparison("fast enough", 0.9));
        report.add(comparison("too slow", 0.899));
        assertThat(report.missed()).containsExactly("too slow");
        assertThat(report.text()).contains("1 of 2 bars were MISSED: too slow.");
    }

    @Test
    void namesTheConditionsThatDoNotHold() {
        report.add(comparison("fast enough", 0.9));
        report.add(new Condition("one statement", false, "two statements"));
        assertThat(report.missed()).containsExactly("one statement");
        assertThat(report.text()).contains("two statements", "1 of 2 bars were MISSED: one statement.");
    }

    @Test
    void saysThatAllBarsWereMet() {
        report.add(comparison("fast enough", 1.2));
        assertThat(report.missed()).isEmpty();
        assertThat(report.text()).contains("All 1 bars were met.");
    }

    private static Comparison comparison(String name, double ratio) {
        return new Comparison(
                name, new Measure("ours", ratio, 0, "/s"), new Measure("theirs", 1, 0, "/s"), ratio, ratio, ratio, 0.9);
    }
}
