package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.report.Machine;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.suite.ProcessorTime;
import io.flowmaestro.connections.benchmarks.suite.ServiceTokens;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import io.flowmaestro.connections.benchmarks.suite.Suite;
import io.flowmaestro.connections.testing.PeersResource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/** The benchmark {@code mcp}. */
public final class McpBenchmark {

    private static final String DATABASE = "connections";
    private static final int CONNECTIONS = 64;

    private final Path repository;
    private final McpSettings settings;

    /**
     * Runs nothing yet.
     *
     * @param repository where the packaged services are, and whose {@code benchmarks/target} takes what is written
     */
    public McpBenchmark(Path repository, McpSettings settings) {
        this.repository = repository;
        this.settings = settings;
    }

    public Report run() throws IOException, InterruptedException, SQLException {
        IO.println("mcp");
        var report = new Report("mcp");
        var output = repository.resolve("benchmarks/target");
        Files.createDirectories(output);
        report.settings(Machine.describe(output));
        report.settings(settings.text());
        report.settings(Map.of("services", String.join(" ", PackagedService.JVM)));
        var issuer = new PeersResource();
        var vertx = Vertx.vertx();
        try (var postgres = DurablePostgres.start(output, Map.of("max_connections", "200"));
                var server = LocalServer.start(settings.serviceTime());
                var nginx = Nginx.start(output.resolve("nginx"), server.port());
                var tokens = ServiceTokens.start(vertx)) {
            report.settings(Map.of("PostgreSQL", postgres.settings().toString()));
            var suite = new Suite(repository, postgres, DATABASE, tokens, settings.profile(), issuer.start());
            run(report, postgres, suite, server, nginx);
        } finally {
            issuer.stop();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return report;
    }

    private void run(Report report, DurablePostgres postgres, Suite suite, LocalServer server, Nginx nginx)
            throws IOException, InterruptedException, SQLException {
        try (var client = new LoadClient(CONNECTIONS);
                var vault = suite.vault();
                var registry = suite.registry(Map.of());
                var gateway = suite.gateway("gateway", Map.of());
                var vitals = gateway.vitals();
                var recording = ProcessorTime.of(Map.of("registry", registry, "vault", vault), postgres)) {
            var stock = new StoredConnections(postgres, DATABASE, client, vault);
            var calling = new Calling(settings, client, server, report);
            var listing = new Listing(settings, client, server, report);
            var holding = new Holding(settings, client, server, report);
            calling.store(stock);
            listing.store(stock);
            holding.store(stock);
            calling.run(gateway, vitals, nginx, recording);
            IO.println("  lists of many connections");
            listing.run(gateway);
            IO.println("  sessions and clients that are idle");
            holding.run(gateway, vitals);
        }
    }
}
