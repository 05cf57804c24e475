package io.flowmaestro.connections.benchmarks.vault;

import io.flowmaestro.connections.benchmarks.report.Comparison;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Measure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.vault.keyring.SealingBenchmark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Runs {@link SealingBenchmark}: one fork of every method, then another of every method in the opposite order, and so
 * on, so that a slow minute of the machine does not fall on one side alone.
 */
final class InProcess {

    private static final double BAR = 0.9;
    private static final double CONFIDENCE = 0.999;
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final List<String> METHODS = List.of("vaultSeal", "jcaSeal", "vaultOpen", "jcaOpen");

    private final Settings settings;
    private final Map<String, List<IterationResult>> results = new LinkedHashMap<>();

    InProcess(Settings settings) {
        this.settings = settings;
    }

    void run(Report report) throws RunnerException {
        for (int round = 0; round < Math.max(settings.forks(), 1); round++) {
            var order = new ArrayList<>(METHODS);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            for (var method : order) {
                run(method);
            }
        }
        report.add(compared("seal 1 KiB in process", "vaultSeal", "jcaSeal"));
        report.add(compared("open 1 KiB in process", "vaultOpen", "jcaOpen"));
        METHODS.forEach(method -> report.add(new Figure("allocated by " + method, allocated(method), "B/op")));
    }

    private void run(String method) throws RunnerException {
        if (settings.forks() == 0) {
            System.setProperty("jmh.ignoreLock", "true");
        }
        var options = new OptionsBuilder()
                .include(SealingBenchmark.class.getName() + "\\." + method + "$")
                .forks(Math.min(settings.forks(), 1))
                .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseG1GC", "--sun-misc-unsafe-memory-access=allow")
                .warmupIterations(settings.warmUpIterations())
                .warmupTime(TimeValue.milliseconds(settings.iteration().toMillis()))
                .measurementIterations(settings.iterations())
                .measurementTime(TimeValue.milliseconds(settings.iteration().toMillis()))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        new Runner(options)
                .run()
                .forEach(run -> run.getBenchmarkResults()
                        .forEach(fork -> results(method).addAll(fork.getIterationResults())));
        IO.println("  %-10s %,8.0f ns/op".formatted(method, nanos(method).getMean()));
    }

    private Comparison compared(String name, String vault, String jca) {
        var measured = measure("vault", vault);
        var baseline = measure("JCA", jca);
        return new Comparison(
                name,
                measured,
                baseline,
                baseline.value() / measured.value(),
                (baseline.value() - baseline.error()) / (measured.value() + measured.error()),
                (baseline.value() + baseline.error()) / (measured.value() - measured.error()),
                BAR);
    }

    private Measure measure(String name, String method) {
        var nanos = nanos(method);
        double error = nanos.getN() > 1 ? nanos.getMeanErrorAt(CONFIDENCE) : 0;
        return new Measure(name, nanos.getMean(), error, "ns/op");
    }

    @SuppressWarnings("rawtypes")
    private ListStatistics nanos(String method) {
        return new ListStatistics(results(method).stream()
                .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                .toArray());
    }

    private List<IterationResult> results(String method) {
        return results.computeIfAbsent(method, _ -> new ArrayList<>());
    }

    @SuppressWarnings("rawtypes") // JMH gives its secondary results so
    private double allocated(String method) {
        return results(method).stream()
                .flatMap(iteration -> iteration.getSecondaryResults().entrySet().stream())
                .filter(result -> result.getKey().endsWith(ALLOCATED))
                .mapToDouble(result -> result.getValue().getScore())
                .average()
                .orElseThrow(() -> new IllegalStateException("JMH gave no " + ALLOCATED));
    }
}
