package io.flowmaestro.connections.local.operate.rolling;

import io.flowmaestro.connections.local.FreePorts;
import io.flowmaestro.connections.local.operate.Outside;
import io.flowmaestro.connections.local.operate.Started;
import io.flowmaestro.connections.local.operate.Tokens;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Several replicas of each service behind nginx, which also stands between them: no service knows a replica of another. */
final class Fleet implements AutoCloseable {
    private static final int SIGTERM = 143;
    private static final Map<Service, String> URLS = Map.of(
            Service.CONNECTION_REGISTRY, "CONNECTIONS_REGISTRY_URL",
            Service.CREDENTIAL_VAULT, "CONNECTIONS_VAULT_URL",
            Service.OAUTH_BROKER, "CONNECTIONS_BROKER_URL",
            Service.MCP_GATEWAY, "CONNECTIONS_GATEWAY_URL");

    private final Parts parts;
    private final Path folder;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Tokens tokens;
    private final Map<Service, List<Integer>> ports = new EnumMap<>(Service.class);
    private final Map<Integer, Started> replicas = new HashMap<>();
    private final int inside;
    private Nginx nginx;

    private Fleet(Path folder, int count) {
        // Ten ports for the other parts, ten inside, ten for the replicas of each service.
        var blocks = IntStream.generate(FreePorts::ten)
                .distinct()
                .limit(2 + Service.values().length)
                .boxed()
                .toList();
        this.folder = folder;
        parts = new Parts(folder.resolve("home"), blocks.get(0));
        tokens = new Tokens(parts, http);
        inside = blocks.get(1);
        for (var service : Service.values()) {
            int first = blocks.get(2 + service.ordinal());
            ports.put(service, IntStream.range(first, first + count).boxed().toList());
        }
    }

    /**
     * Starts everything and waits until all are ready.
     *
     * @param count of replicas of each service
     * @param outside what its catalogue is to know
     */
    static Fleet start(Path folder, int count, Outside outside) throws Exception {
        var fleet = new Fleet(folder, count);
        try {
            outside.describe(fleet.parts.home().providers());
            fleet.startAll();
            return fleet;
        } catch (Exception | AssertionError failure) {
            fleet.close();
            throw failure;
        }
    }

    private void startAll() throws Exception {
        parts.postgres();
        parts.database("connections", Service.values());
        parts.identityProvider();
        nginx = Nginx.start(folder.resolve("nginx"), front(), inside, ports);
        for (var service : Service.values()) {
            for (int port : ports.get(service)) {
                replicas.put(port, start(service, port));
            }
        }
        for (var replica : replicas.values()) {
            replica.ready();
        }
        // For ten seconds it would take nobody for able to work: peers have asked before anybody listened.
        nginx.reload();
    }

    /** The public port. */
    int front() {
        return parts.port(0);
    }

    /** Where peers and workers reach a service. */
    int inside(Service service) {
        return inside + service.ordinal();
    }

    Tokens callers() {
        return tokens;
    }

    List<Integer> ports(Service service) {
        return ports.get(service);
    }

    /** As deploy/nginx/README.md says. Answers how long it was away, in seconds. */
    double restart(Service service, int port) throws IOException, InterruptedException {
        long began = System.nanoTime();
        nginx.takeOut(port);
        var process = replicas.get(port).process();
        parts.signal(process, "TERM");
        if (process.exitCode() != SIGTERM) {
            throw new AssertionError(process.spec().name() + " did not end by itself:\n" + process.lastLines());
        }
        process.stop();
        replicas.put(port, start(service, port).ready());
        nginx.putBack(port);
        return (System.nanoTime() - began) / 1e9;
    }

    private Started start(Service service, int port) throws IOException {
        var name = service.serviceName() + "-" + port;
        var environment = new HashMap<>(Outside.client());
        URLS.forEach((peer, variable) -> environment.put(variable, "http://127.0.0.1:" + inside(peer)));
        // Twelve processes share one server, and two processors.
        environment.put("QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "8");
        environment.put("CONNECTIONS_MCP_REPLICA_URL", "http://127.0.0.1:" + port);
        environment.put("CONNECTIONS_SHUTDOWN_DELAY", "1S");
        environment.put(
                "CONNECTIONS_JOURNAL_DIR",
                Files.createDirectories(parts.home().root().resolve("journal-" + port))
                        .toString());
        return new Started(parts.service(service, name, port, environment), port);
    }

    @Override
    public void close() throws InterruptedException {
        parts.close();
        if (nginx != null) {
            nginx.close();
        }
        http.close();
    }
}
