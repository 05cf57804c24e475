package io.flowmaestro.connections.benchmarks.vault;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Sample;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Measure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.Vitals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One target at one concurrency, and what its rounds gave. */
final class Scenario {

    private final Target target;
    private final int concurrency;
    private final Vitals vitals;
    private final List<Sample> rounds = new ArrayList<>();
    private long allocatedBytes;
    private long cpuNanos;

    Scenario(Target target, int concurrency, Vitals vitals) {
        this.target = target;
        this.concurrency = concurrency;
        this.vitals = vitals;
    }

    /** Gives how many records that was. */
    long warmUp(LoadClient client, Duration time) {
        return (long) client.run(target, concurrency, time).calls() * target.items();
    }

    /** Gives how many records that was. */
    long measure(LoadClient client, Duration time) {
        var before = vitals.counters();
        var sample = client.run(target, concurrency, time);
        var used = vitals.counters().since(before);
        allocatedBytes += used.allocatedBytes();
        cpuNanos += used.cpuNanos();
        rounds.add(sample);
        return (long) sample.calls() * target.items();
    }

    /** The rate of records of this one against that of the other, round by round as they were run. */
    Comparison against(Scenario baseline, String name, double bar) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (int round = 0; round < rounds.size(); round++) {
            double ratio = rate(rounds.get(round)) / baseline.rate(baseline.rounds.get(round));
            lowest = Math.min(lowest, ratio);
            highest = Math.max(highest, ratio);
        }
        var measured = rate();
        var other = baseline.rate();
        return new Comparison(
                name + ", concurrency " + concurrency,
                measured,
                other,
                measured.value() / other.value(),
                lowest,
                highest,
                bar);
    }

    void report(Report report) {
        var all = Sample.of(rounds);
        var name = target.name() + ", concurrency " + concurrency + ": ";
        report.add(new Figure(name + "calls", all.callsPerSecond(), "/s"));
        if (target.items() > 1) {
            report.add(new Figure(name + "records", rate(all), "/s"));
        }
        report.add(new Figure(name + "p50", all.latencyMillis(0.5), "ms"));
        report.add(new Figure(name + "p99", all.latencyMillis(0.99), "ms"));
        report.add(new Figure(name + "allocated", allocatedBytes / 1024.0 / all.calls(), "KiB/call"));
        report.add(new Figure(name + "processor", cpuNanos / 1e3 / all.calls(), "µs/call"));
    }

    private Measure rate() {
        var rates = rounds.stream().mapToDouble(this::rate).summaryStatistics();
        return new Measure(target.name(), rate(Sample.of(rounds)), (rates.getMax() - rates.getMin()) / 2, "records/s");
    }

    private double rate(Sample sample) {
        return sample.callsPerSecond() * target.items();
    }
}
