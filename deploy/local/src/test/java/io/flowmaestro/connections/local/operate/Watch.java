package io.flowmaestro.connections.local.operate;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Prometheus and a real Alertmanager with the files of deploy/observability. Only addresses and clocks are others: what takes
 * minutes there takes seconds here.
 */
public final class Watch implements AutoCloseable {
    private static final int START_SECONDS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final Path sources;
    private final Path folder;
    private final int port;

    /**
     * @param sources deploy/observability
     * @param port the first of two that are free
     */
    public Watch(Path sources, Path folder, int port) {
        this.sources = sources;
        this.folder = folder;
        this.port = port;
    }

    /** @param frontDoor the port of the suite's; its services follow */
    public void start(int frontDoor, Pager pager) throws IOException, InterruptedException {
        String prometheus = text("prometheus/prometheus.yaml")
                .replaceAll("(scrape|evaluation)_interval: 15s", "$1_interval: 1s")
                .replace("127.0.0.1:9093", "127.0.0.1:" + (port + 1));
        for (int service = 1; service <= 4; service++) {
            prometheus = prometheus.replace("127.0.0.1:" + (8080 + service), "127.0.0.1:" + (frontDoor + service));
        }
        write("prometheus.yaml", prometheus);
        write("recording.yaml", text("prometheus/recording.yaml"));
        write("alerts.yaml", text("prometheus/alerts.yaml").replaceAll("for: \\d+m", "for: 2s"));
        write(
                "alertmanager.yaml",
                text("alertmanager/alertmanager.yaml")
                        .replaceAll("http://127.0.0.1:\\d+", pager.address())
                        .replaceAll("group_(wait|interval): \\w+", "group_$1: 1s"));
        run(
                "prometheus-alertmanager",
                "--config.file=" + folder.resolve("alertmanager.yaml"),
                "--storage.path=" + folder.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + (port + 1),
                "--cluster.listen-address=");
        run(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yaml"),
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port);
        awaitReady(port);
        awaitReady(port + 1);
    }

    /** Waits until all four services are scraped and nobody is about to be woken; what the pager was told before is forgotten. */
    public void awaitQuiet(Pager pager, int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (series("count(up == 1) == 4") == 0 || series("ALERTS{severity=\"page\"}") > 0 || pager.isPaging()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("It is not quiet after " + seconds + " s; there came " + pager.told());
            }
            Thread.sleep(200);
        }
        pager.forget();
    }

    /** How many series a query answers with; a query that is refused fails. */
    public int series(String query) throws IOException, InterruptedException {
        return ask("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .getJsonObject("data")
                .getJsonArray("result")
                .size();
    }

    /** Names of all metrics that were scraped or recorded. */
    public List<String> metrics() throws IOException, InterruptedException {
        return ask("/api/v1/label/__name__/values").getJsonArray("data").stream()
                .map(String::valueOf)
                .toList();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
        client.close();
    }

    private JsonObject ask(String path) throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
        var body = new JsonObject(answer.body());
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + body.getString("error"));
        }
        return body;
    }

    private void run(String... command) throws IOException {
        try {
            processes.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                    .start());
        } catch (IOException missing) {
            throw new IOException("Install it: apt-get install prometheus prometheus-alertmanager", missing);
        }
    }

    private void awaitReady(int at) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_SECONDS * 1_000_000_000L;
        while (System.nanoTime() < deadline) {
            try {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + "/-/ready"));
                if (client.send(request.build(), BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            Thread.sleep(50);
        }
        throw new AssertionError("Nothing is ready at port " + at + "; the logs are in " + folder);
    }

    private String text(String file) throws IOException {
        return Files.readString(sources.resolve(file));
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }
}
