package io.flowmaestro.connections.benchmarks;

import io.flowmaestro.connections.benchmarks.registry.RegistryBenchmark;
import io.flowmaestro.connections.benchmarks.registry.RegistrySettings;
import io.flowmaestro.connections.benchmarks.vault.Settings;
import io.flowmaestro.connections.benchmarks.vault.VaultBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./connections bench [name] [--strict] [--profile]}. Ends with 0 when everything ran, whether its bars were met or
 * not; with 1 when something did not run, or with {@code --strict} when a bar was missed; with 2 for a call it does not
 * know.
 */
final class Bench {

    private static final int MISSED = 1;
    private static final int UNKNOWN = 2;
    private static final List<String> BENCHMARKS = List.of("vault", "registry");
    private static final List<String> OPTIONS = List.of("--strict", "--profile");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var words = new ArrayList<>(List.of(arguments));
        boolean strict = words.remove("--strict");
        boolean profile = words.remove("--profile");
        for (var word : words) {
            if (!BENCHMARKS.contains(word)) {
                System.err.printf(
                        "connections: bench does not know \"%s\". Benchmarks: %s. Options: %s.%n",
                        word, String.join(", ", BENCHMARKS), String.join(", ", OPTIONS));
                System.exit(UNKNOWN);
            }
        }
        boolean met = true;
        for (var name : words.isEmpty() ? BENCHMARKS : words) {
            met &= run(name, profile);
        }
        System.exit(met || !strict ? 0 : MISSED);
    }

    /** Whether every bar was met. */
    private static boolean run(String name, boolean profile) throws Exception {
        var repository =
                Path.of(System.getProperty("connections.repository", "")).toAbsolutePath();
        var report = name.equals("vault")
                ? new VaultBenchmark(repository, Settings.full(profile)).run()
                : new RegistryBenchmark(repository, RegistrySettings.full(profile)).run();
        var file = repository.resolve("benchmarks/target/" + name + ".json");
        report.write(file);
        IO.println(report.text());
        IO.println("Written to " + file);
        return report.missed().isEmpty();
    }
}
