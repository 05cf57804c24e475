package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.Consumption;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.server.Vitals;
import io.flowmaestro.connections.benchmarks.suite.Metrics;
import io.flowmaestro.connections.benchmarks.suite.ProcessorTime;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections.Connection;
import io.flowmaestro.connections.benchmarks.turns.Scenario;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tool calls through the gateway against the same calls made directly, and against those through nginx. */
final class Calling {

    private static final double OF_DIRECT = 0.9;
    private static final double OF_NGINX = 0.5;
    private static final double MOST_ADDED_MILLIS = 0.5;
    private static final int MOST_PARTS = 10;

    private final McpSettings settings;
    private final LoadClient client;
    private final LocalServer server;
    private final Report report;
    private final List<Connection> slow;
    private final List<Connection> fast;

    Calling(McpSettings settings, LoadClient client, LocalServer server, Report report) {
        this.settings = settings;
        this.client = client;
        this.server = server;
        this.report = report;
        slow = connections("/slow");
        fast = connections("/fast");
    }

    private List<Connection> connections(String path) {
        return IntStream.range(0, settings.callers())
                .mapToObj(_ -> Connection.mcp(UUID.randomUUID(), server.url(path)))
                .toList();
    }

    /** One by one: several that are stored together have to be one user's. */
    void store(StoredConnections stock) throws SQLException {
        for (var connection : Stream.concat(slow.stream(), fast.stream()).toList()) {
            stock.store("call", 1, _ -> connection);
        }
    }

    /**
     * Compares.
     *
     * @param vitals of the gateway
     * @param recording those who record the calls, meanwhile and on the same machine
     */
    void run(PackagedService gateway, Vitals vitals, Nginx nginx, ProcessorTime recording)
            throws IOException, InterruptedException {
        Metrics.awaitHearing(gateway);
        requireTheSame(ToolRequests.ofWorker("gateway", gateway.port(), fast), direct("/fast"), proxied(nginx));
        putToUse(gateway);
        againstNginx(gateway, vitals, nginx, recording);
        againstDirect(gateway, vitals, settings.concurrency());
        latency(gateway, vitals);
        report.add(new Figure("gateway: resident memory", vitals.residentBytes() / 1048576.0, "MiB"));
    }

    /** Until it is as warm as one that is in use, but for no longer than ten times the warm-up of any other. */
    private void putToUse(PackagedService gateway) {
        IO.println("  calling the gateway %,d times".formatted(settings.inUse()));
        var calls = new Scenario(
                ToolRequests.ofWorker("gateway", gateway.port(), fast), settings.concurrency(), Consumption.UNKNOWN);
        long made = 0;
        for (int part = 0; part < MOST_PARTS && made < settings.inUse(); part++) {
            made += calls.warmUp(client, settings.turns().warmUp());
        }
    }

    private Target direct(String path) {
        return ToolRequests.ofClient("direct", server.port(), path);
    }

    private static Target proxied(Nginx nginx) {
        return ToolRequests.ofClient("nginx", nginx.port(), "/fast");
    }

    /** All three give the text that the server said. */
    private void requireTheSame(Target gateway, Target direct, Target proxied) {
        var said = text(new JsonObject(client.call(direct, direct.calls().getFirst())).getJsonObject("result"));
        var proxiedSaid =
                text(new JsonObject(client.call(proxied, proxied.calls().getFirst())).getJsonObject("result"));
        var gatewaySaid =
                text(new JsonObject(client.call(gateway, gateway.calls().getFirst())).getJsonObject("data"));
        if (!said.equals(gatewaySaid) || !said.equals(proxiedSaid)) {
            throw new IllegalStateException("The calls that are compared give different answers");
        }
    }

    private static String text(JsonObject result) {
        return result.getJsonArray("content").getJsonObject(0).getString("text");
    }

    private void againstDirect(PackagedService gateway, Consumption used, int concurrency) {
        var through = new Scenario(ToolRequests.ofWorker("gateway", gateway.port(), slow), concurrency, used);
        var direct = new Scenario(direct("/slow"), concurrency, Consumption.UNKNOWN);
        settings.turns().run(client, "server of 5 ms, concurrency " + concurrency, List.of(through, direct));
        report.add(through.against(direct, "server of 5 ms, gateway / direct", OF_DIRECT));
        through.report(report, "server of 5 ms, ");
        direct.report(report, "server of 5 ms, ");
    }

    private void latency(PackagedService gateway, Consumption used) {
        var through = new Scenario(ToolRequests.ofWorker("gateway", gateway.port(), slow), 1, used);
        var direct = new Scenario(direct("/slow"), 1, Consumption.UNKNOWN);
        settings.turns().run(client, "server of 5 ms, concurrency 1", List.of(through, direct));
        double added = through.medianMillis() - direct.medianMillis();
        report.add(new Condition(
                "the gateway adds at most 0.5 ms at the median, concurrency 1",
                added <= MOST_ADDED_MILLIS,
                "%.2f ms: %.2f through it, %.2f directly"
                        .formatted(added, through.medianMillis(), direct.medianMillis())));
        through.report(report, "server of 5 ms, ");
        direct.report(report, "server of 5 ms, ");
    }

    private void againstNginx(PackagedService gateway, Consumption used, Nginx nginx, ProcessorTime recording)
            throws IOException {
        var through =
                new Scenario(ToolRequests.ofWorker("gateway", gateway.port(), fast), settings.concurrency(), used);
        var proxied = new Scenario(proxied(nginx), settings.concurrency(), nginx);
        var direct = new Scenario(direct("/fast"), settings.concurrency(), Consumption.UNKNOWN);
        var nanos = recording.nanos();
        long called = server.called();
        settings.turns()
                .run(
                        client,
                        "server that does nothing, concurrency " + settings.concurrency(),
                        List.of(through, proxied, direct));
        report.add(through.against(proxied, "server that does nothing, gateway / nginx", OF_NGINX));
        List.of(through, proxied, direct).forEach(each -> each.report(report, "server that does nothing, "));
        double calls = server.called() - called;
        recording
                .since(nanos)
                .forEach((process, spent) -> report.add(new Figure(
                        "server that does nothing: processor, " + process,
                        spent / 1e3 / calls,
                        "µs/call of any kind")));
    }
}
