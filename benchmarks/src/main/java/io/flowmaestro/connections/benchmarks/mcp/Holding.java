package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.server.Vitals;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections.Connection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What a gateway holds for sessions that nobody uses, and for clients that say nothing. */
final class Holding {

    private static final double KIBI = 1024.0;

    private final McpSettings settings;
    private final LoadClient client;
    private final LocalServer server;
    private final Report report;
    private final List<Connection> sessions;

    Holding(McpSettings settings, LoadClient client, LocalServer server, Report report) {
        this.settings = settings;
        this.client = client;
        this.server = server;
        this.report = report;
        var user = new UUID[1];
        sessions = IntStream.range(0, settings.sessions())
                .mapToObj(number -> {
                    if (number % StoredConnections.OF_A_USER == 0) {
                        user[0] = UUID.randomUUID();
                    }
                    return Connection.mcp(user[0], server.url("/sessions"));
                })
                .toList();
    }

    void store(StoredConnections stock) throws SQLException {
        stock.store("session", sessions.size(), sessions::get);
    }

    void run(PackagedService gateway, Vitals vitals) throws IOException, InterruptedException {
        sessions(gateway, vitals);
        idleClients(gateway, vitals);
    }

    private void sessions(PackagedService gateway, Vitals vitals) throws InterruptedException {
        long before = vitals.reachableBytes();
        long opened = server.opened();
        var calls = ToolRequests.ofWorker("session", gateway.port(), sessions);
        calls.calls().forEach(call -> client.call(calls, call));
        Thread.sleep(settings.forgotten());
        long held = vitals.reachableBytes() - before;
        long open = server.opened() - opened;
        report.add(new Condition(
                "each connection has a session of its own",
                open == sessions.size(),
                "%,d sessions for %,d connections".formatted(open, sessions.size())));
        report.add(new Figure("idle session with a server: heap", held / KIBI / sessions.size(), "KiB"));
    }

    private void idleClients(PackagedService gateway, Vitals vitals) throws IOException {
        long heap = vitals.reachableBytes();
        long resident = vitals.residentBytes();
        var one = ToolRequests.ofWorker("beside idle clients", gateway.port(), sessions.subList(0, 1));
        try (var idle = IdleClients.connect(gateway.port(), settings.idleClients())) {
            report.add(new Condition(
                    "clients that are silent stay connected",
                    idle.answered() == settings.idleClients(),
                    "%,d of %,d were answered and are open".formatted(idle.answered(), settings.idleClients())));
            report.add(new Figure(
                    "idle client: heap", (vitals.reachableBytes() - heap) / KIBI / settings.idleClients(), "KiB"));
            report.add(new Figure(
                    "idle client: resident memory",
                    (vitals.residentBytes() - resident) / KIBI / settings.idleClients(),
                    "KiB"));
            var sample = client.run(one, 1, settings.turns().round());
            report.add(new Figure("call beside idle clients: p50", sample.latencyMillis(0.5), "ms"));
            report.add(new Figure("call beside idle clients: p99", sample.latencyMillis(0.99), "ms"));
        }
    }
}
