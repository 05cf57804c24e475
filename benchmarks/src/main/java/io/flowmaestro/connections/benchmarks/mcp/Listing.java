package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Sample;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections.Connection;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The tools of all connections of a user as one list: of living servers, and with a dead one among them. */
final class Listing {

    /** Nobody listens there. */
    private static final String REFUSING = "http://127.0.0.1:9/mcp";

    private final McpSettings settings;
    private final LoadClient client;
    private final LocalServer server;
    private final Report report;
    private final List<Connection> living;
    private final List<Connection> refusing;
    private final List<Connection> silent;

    Listing(McpSettings settings, LoadClient client, LocalServer server, Report report) {
        this.settings = settings;
        this.client = client;
        this.server = server;
        this.report = report;
        living = connections(server.url("/fast/last"));
        refusing = connections(REFUSING);
        silent = connections(server.url("/silent"));
    }

    private List<Connection> connections(String last) {
        var user = UUID.randomUUID();
        var all = new ArrayList<Connection>();
        for (int i = 1; i < settings.aggregated(); i++) {
            all.add(Connection.mcp(user, server.url("/fast/" + i)));
        }
        all.add(Connection.mcp(user, last));
        return all;
    }

    /** Sealed a few at a time: a batch is one user's. */
    void store(StoredConnections stock) throws SQLException {
        for (var user : List.of(living, refusing, silent)) {
            stock.store("list", user.size(), user::get);
        }
    }

    void run(PackagedService gateway) {
        list(gateway, "all living", living, settings.aggregated());
        list(gateway, "one that refuses", refusing, settings.aggregated() - 1);
        list(gateway, "one that is silent", silent, settings.aggregated() - 1);
    }

    private void list(PackagedService gateway, String name, List<Connection> connections, int tools) {
        var target = ToolRequests.listOf(name, gateway.port(), connections.getFirst());
        long start = System.nanoTime();
        int found = listed(target);
        var list = "list of " + settings.aggregated() + " connections, " + name;
        report.add(new Figure(list + ": first", (System.nanoTime() - start) / 1e6, "ms"));
        report.add(new Condition(
                list + ", has the tools of the living", found == tools, "%d of %d".formatted(found, tools)));
        Sample sample = client.run(target, 1, settings.turns().round().plus(Duration.ofSeconds(1)));
        report.add(new Figure(list + ": p50", sample.latencyMillis(0.5), "ms"));
        report.add(new Figure(list + ": p99", sample.latencyMillis(0.99), "ms"));
    }

    private int listed(Target target) {
        return new JsonObject(client.call(target, target.calls().getFirst()))
                .getJsonObject("result")
                .getJsonArray("tools")
                .size();
    }
}
