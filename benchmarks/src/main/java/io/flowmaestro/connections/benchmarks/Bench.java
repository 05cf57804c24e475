package io.flowmaestro.connections.benchmarks;

import io.flowmaestro.connections.benchmarks.mcp.McpBenchmark;
import io.flowmaestro.connections.benchmarks.mcp.McpSettings;
import io.flowmaestro.connections.benchmarks.oauth.OAuthBenchmark;
import io.flowmaestro.connections.benchmarks.oauth.OAuthSettings;
import io.flowmaestro.connections.benchmarks.registry.RegistryBenchmark;
import io.flowmaestro.connections.benchmarks.registry.RegistrySettings;
import io.flowmaestro.connections.benchmarks.vault.Settings;
import io.flowmaestro.connections.benchmarks.vault.VaultBenchmark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./connections bench [name] [--strict] [--profile] [--connections N]}; N are those whose tokens fall due in the
 * benchmark {@code oauth}. Ends with 0 when everything ran, whether its bars were met or
 * not; with 1 when something did not run, or with {@code --strict} when a bar was missed; with 2 for a call it does not
 * know.
 */
final class Bench {

    private static final int MISSED = 1;
    private static final int UNKNOWN = 2;
    private static final String CONNECTIONS = "--connections";
    private static final List<String> BENCHMARKS = List.of("vault", "registry", "oauth", "mcp");
    private static final List<String> OPTIONS = List.of("--strict", "--profile", CONNECTIONS + " N");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var words = new ArrayList<>(List.of(arguments));
        boolean strict = words.remove("--strict");
        boolean profile = words.remove("--profile");
        var oauth = oauth(words, profile);
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
            met &= run(name, profile, oauth);
        }
        System.exit(met || !strict ? 0 : MISSED);
    }

    /** Takes its option out of the words. */
    private static OAuthSettings oauth(List<String> words, boolean profile) {
        int option = words.indexOf(CONNECTIONS);
        if (option < 0) {
            return OAuthSettings.full(profile);
        }
        var value = option + 1 < words.size() ? words.get(option + 1) : "";
        if (!value.matches("[1-9][0-9]{0,6}")) {
            System.err.printf("connections: bench %s wants a number of connections, e.g. 10000.%n", CONNECTIONS);
            System.exit(UNKNOWN);
        }
        words.subList(option, option + 2).clear();
        return OAuthSettings.of(Integer.parseInt(value), profile);
    }

    /** Whether every bar was met. */
    private static boolean run(String name, boolean profile, OAuthSettings oauth) throws Exception {
        var repository =
                Path.of(System.getProperty("connections.repository", "")).toAbsolutePath();
        var report = switch (name) {
            case "vault" -> new VaultBenchmark(repository, Settings.full(profile)).run();
            case "registry" -> new RegistryBenchmark(repository, RegistrySettings.full(profile)).run();
            case "oauth" -> new OAuthBenchmark(repository, oauth).run();
            default -> new McpBenchmark(repository, McpSettings.full(profile)).run();
        };
        var file = repository.resolve("benchmarks/target/" + name + ".json");
        report.write(file);
        IO.println(report.text());
        IO.println("Written to " + file);
        return report.missed().isEmpty();
    }
}
