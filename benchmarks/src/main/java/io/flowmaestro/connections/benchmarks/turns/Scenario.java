package io.flowmaestro.connections.benchmarks.turns;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Sample;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Measure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.Consumption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** One target at one concurrency, and what its rounds gave. */
public final class Scenario {

    private static final double P99 = 0.99;
    private static final double MICROS = 1e3;

    private final Target target;
    private final int concurrency;
    private final Consumption used;
    private final List<Sample> rounds = new ArrayList<>();
    private long allocatedBytes;
    private long cpuNanos;

    /**
     * Runs nothing yet.
     *
     * @param used by the process that answers
     */
    public Scenario(Target target, int concurrency, Consumption used) {
        this.target = target;
        this.concurrency = concurrency;
        this.used = used;
    }

    /** Gives how many records that was. */
    public long warmUp(LoadClient client, Duration time) {
        return (long) client.run(target, concurrency, time).calls() * target.items();
    }

    /** Gives how many records that was. */
    public long measure(LoadClient client, Duration time) {
        var before = used.counters();
        var sample = client.run(target, concurrency, time);
        var more = used.counters().since(before);
        allocatedBytes += more.allocatedBytes();
        cpuNanos += more.cpuNanos();
        rounds.add(sample);
        return (long) sample.calls() * target.items();
    }

    /** The rate of records of this one against that of the other, round by round as they were run. */
    public Comparison against(Scenario baseline, String name, double bar) {
        return compared(name, rate(), baseline.rate(), bar, baseline, (own, other) -> rate(own) / baseline.rate(other));
    }

    /** The other's 99th percentile against that of this one: above 1, this one is the faster. */
    public Comparison latencyAgainst(Scenario baseline, String name, double bar) {
        var measured = latency();
        var other = baseline.latency();
        var compared = compared(
                name,
                measured,
                other,
                bar,
                baseline,
                (own, others) -> others.latencyMillis(P99) / own.latencyMillis(P99));
        return new Comparison(
                compared.name(),
                measured,
                other,
                other.value() / measured.value(),
                compared.lowest(),
                compared.highest(),
                bar);
    }

    private Comparison compared(
            String name,
            Measure measured,
            Measure other,
            double bar,
            Scenario baseline,
            ToDoubleBiFunction<Sample, Sample> ratio) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (int round = 0; round < rounds.size(); round++) {
            double one = ratio.applyAsDouble(rounds.get(round), baseline.rounds.get(round));
            lowest = Math.min(lowest, one);
            highest = Math.max(highest, one);
        }
        return new Comparison(
                name + ", concurrency " + concurrency,
                measured,
                other,
                measured.value() / other.value(),
                lowest,
                highest,
                bar);
    }

    public void report(Report report) {
        report(report, "");
    }

    /** The same with a name that says of what. */
    public void report(Report report, String of) {
        var all = Sample.of(rounds);
        var name = of + target.name() + ", concurrency " + concurrency + ": ";
        report.add(new Figure(name + "calls", all.callsPerSecond(), "/s"));
        if (target.items() > 1) {
            report.add(new Figure(name + "records", rate(all), "/s"));
        }
        report.add(new Figure(name + "p50", all.latencyMillis(0.5), "ms"));
        report.add(new Figure(name + "p99", all.latencyMillis(P99), "ms"));
        if (allocatedBytes > 0) {
            report.add(new Figure(name + "allocated", allocatedBytes / 1024.0 / all.calls(), "KiB/call"));
        }
        if (cpuNanos > 0) {
            report.add(new Figure(name + "processor", cpuNanos / 1e3 / all.calls(), "µs/call"));
        }
    }

    /** Of all rounds together. */
    public double medianMillis() {
        return Sample.of(rounds).latencyMillis(0.5);
    }

    private Measure latency() {
        var micros = rounds.stream()
                .mapToDouble(round -> round.latencyMillis(P99) * MICROS)
                .summaryStatistics();
        return new Measure(
                target.name(),
                Sample.of(rounds).latencyMillis(P99) * MICROS,
                (micros.getMax() - micros.getMin()) / 2,
                "µs (p99)");
    }

    private Measure rate() {
        var rates = rounds.stream().mapToDouble(this::rate).summaryStatistics();
        return new Measure(
                target.name(), rate(Sample.of(rounds)), (rates.getMax() - rates.getMin()) / 2, target.unit());
    }

    private double rate(Sample sample) {
        return sample.callsPerSecond() * target.items();
    }
}
