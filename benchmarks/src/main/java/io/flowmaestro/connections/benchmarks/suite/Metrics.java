package io.flowmaestro.connections.benchmarks.suite;

import io.flowmaestro.connections.benchmarks.server.PackagedService;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a service counts, as it says at {@code /q/metrics}. */
public record Metrics(String text) {

    private static final Pattern REQUESTS = Pattern.compile(
            "^http_server_requests_seconds_count\\{.*?method=\"([^\"]+)\".*?uri=\"([^\"]+)\".*?} (\\S+)$",
            Pattern.MULTILINE);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public static Metrics of(PackagedService service) throws IOException, InterruptedException {
        return new Metrics(service.get("/q/metrics"));
    }

    /** Waits until a service hears changes: before that it remembers nothing that it opened. */
    public static void awaitHearing(PackagedService service) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (of(service).sum("connections_changes_heard") < 1) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("The service does not hear changes, and would remember nothing");
            }
            Thread.sleep(100);
        }
    }

    /**
     * The sum over all series of that name which have all of the labels.
     *
     * @param labels each as {@code name="value"}
     */
    public double sum(String name, String... labels) {
        double sum = 0;
        for (var line : text.lines().toList()) {
            var series = line.substring(0, Math.max(0, line.lastIndexOf(' ')));
            boolean named = series.equals(name) || series.startsWith(name + "{");
            if (named && java.util.Arrays.stream(labels).allMatch(series::contains)) {
                sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return sum;
    }

    /** Requests that were answered, by method and path. */
    public Map<String, Double> requests() {
        var requests = new TreeMap<String, Double>();
        REQUESTS.matcher(text)
                .results()
                .forEach(line -> requests.merge(
                        line.group(1) + " " + line.group(2), Double.parseDouble(line.group(3)), Double::sum));
        return requests;
    }
}
