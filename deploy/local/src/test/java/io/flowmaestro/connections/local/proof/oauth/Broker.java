package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One replica of oauth-broker, with what stands between it and its peers. The journal outlives the process. */
final class Broker implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final Parts parts;
    private final HttpClient http;
    private final String name;
    private final int port;
    private final Map<String, String> environment = new HashMap<>();
    private final Path journal;
    private final Relay registry;
    private final Relay vault;
    private final Line database;
    private ChildProcess process;

    Broker(Vertx vertx, Parts parts, HttpClient http, String name, int port, Map<String, String> changes)
            throws Exception {
        this.parts = parts;
        this.http = http;
        this.name = name;
        this.port = port;
        this.registry = Relay.to(vertx, parts.port(1));
        this.vault = Relay.to(vertx, parts.port(2));
        this.database = Line.to(vertx, parts.port(7));
        this.journal = Files.createDirectories(parts.home().root().resolve("journal-" + name));
        environment.put("CONNECTIONS_REGISTRY_URL", "http://127.0.0.1:" + registry.port());
        environment.put("CONNECTIONS_VAULT_URL", "http://127.0.0.1:" + vault.port());
        environment.put("CONNECTIONS_DATABASE_URL", "postgresql://127.0.0.1:" + database.port() + "/connections");
        environment.put("CONNECTIONS_JOURNAL_DIR", journal.toString());
        environment.putAll(changes);
    }

    int port() {
        return port;
    }

    String name() {
        return name;
    }

    Relay registry() {
        return registry;
    }

    Relay vault() {
        return vault;
    }

    Line database() {
        return database;
    }

    Broker start() {
        process = parts.service(Service.OAUTH_BROKER, name, port, environment);
        return this;
    }

    Broker ready() throws InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (!process.alive()) {
                throw process.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " is not ready:\n" + process.lastLines());
            }
            Thread.sleep(50);
        }
        return this;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its metrics, as text. */
    private String metrics() throws IOException, InterruptedException {
        return get("/q/metrics").body();
    }

    /** One of its counters without labels; zero for one that has not counted yet. */
    int counter(String counter) throws IOException, InterruptedException {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(counter + " ") || line.startsWith(counter + "{"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** SIGKILL. What was held on its lines is lost. */
    void kill() {
        parts.kill(process);
        database.cut();
        open();
    }

    void stop() {
        process.stop();
        open();
    }

    /** SIGTERM: it is asked to end, and does so in its own time. */
    void terminate() throws IOException, InterruptedException {
        parts.signal(process, "TERM");
    }

    /** Its exit code, once it has ended. */
    int end() throws InterruptedException {
        var code = process.exitCode();
        stop();
        return code;
    }

    /** SIGSTOP: it does nothing any more, and its sockets fill. */
    void freeze() throws IOException, InterruptedException {
        parts.signal(process, "STOP");
    }

    void thaw() throws IOException, InterruptedException {
        parts.signal(process, "CONT");
    }

    /** Nothing is held or cut any more. */
    void open() {
        registry.clear();
        vault.clear();
        database.mend();
    }

    @Override
    public void close() {
        registry.close();
        vault.close();
        database.close();
    }
}
