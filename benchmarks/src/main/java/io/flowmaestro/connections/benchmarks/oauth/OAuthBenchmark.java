package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.report.Machine;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.suite.ProcessorTime;
import io.flowmaestro.connections.benchmarks.suite.ServiceTokens;
import io.flowmaestro.connections.benchmarks.suite.Services;
import io.flowmaestro.connections.benchmarks.suite.StoredConnections;
import io.flowmaestro.connections.benchmarks.suite.Suite;
import io.flowmaestro.connections.testing.PeersResource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The benchmark {@code oauth}. */
public final class OAuthBenchmark {

    private static final String DATABASE = "connections";
    /** So many batches of the vault under way while connections are stored. */
    private static final int STORING = 16;

    private static final Map<String, String> REMEMBERING_TOKENS = Map.of("CONNECTIONS_IDENTITY_REMEMBERED", "60S");
    private static final Map<String, String> NOT_REMEMBERING = Map.of("CONNECTIONS_CHANGES_REMEMBERED", "0S");

    private final Path repository;
    private final OAuthSettings settings;

    /**
     * Runs nothing yet.
     *
     * @param repository where the packaged services are, and whose {@code benchmarks/target} takes what is written
     */
    public OAuthBenchmark(Path repository, OAuthSettings settings) {
        this.repository = repository;
        this.settings = settings;
    }

    public Report run() throws IOException, InterruptedException, SQLException {
        IO.println("oauth");
        var report = new Report("oauth");
        var output = repository.resolve("benchmarks/target");
        Files.createDirectories(output);
        report.settings(Machine.describe(output));
        report.settings(settings.text());
        report.settings(Map.of("services", String.join(" ", PackagedService.JVM)));
        var issuer = new PeersResource();
        var vertx = Vertx.vertx();
        try (var postgres = DurablePostgres.start(output, Map.of("max_connections", "200"));
                var provider = LocalProvider.start(vertx);
                var tokens = ServiceTokens.start(vertx)) {
            report.settings(Map.of("PostgreSQL", postgres.settings().toString()));
            var suite = new Suite(repository, postgres, DATABASE, tokens, settings.profile(), issuer.start());
            new Run(report, postgres, provider, suite).run();
        } finally {
            issuer.stop();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
        return report;
    }

    /** One run, on a server of its own. */
    private final class Run {

        private final Report report;
        private final DurablePostgres postgres;
        private final LocalProvider provider;
        private final Suite suite;

        Run(Report report, DurablePostgres postgres, LocalProvider provider, Suite suite) {
            this.report = report;
            this.postgres = postgres;
            this.provider = provider;
            this.suite = suite;
        }

        void run() throws IOException, InterruptedException, SQLException {
            try (var client = new LoadClient(STORING);
                    var vault = suite.vault();
                    var registry = suite.registry(Map.of(
                            "CONNECTIONS_PROVIDERS_DIR",
                            provider.catalogued(repository.resolve("benchmarks/target/providers"))
                                    .toString()))) {
                var peers = Map.of("registry", registry, "vault", vault);
                try (var processor = ProcessorTime.of(peers, postgres)) {
                    var stock = new StoredConnections(postgres, DATABASE, client, vault);
                    handOut(client, stock, peers, processor);
                    refresh(stock, processor);
                }
            }
        }

        private PackagedService broker(String name, Map<String, String> more)
                throws IOException, InterruptedException, SQLException {
            var all = new HashMap<>(provider.client());
            all.putAll(more);
            return suite.broker(name, all);
        }

        private void handOut(
                LoadClient client, StoredConnections stock, Map<String, PackagedService> peers, ProcessorTime processor)
                throws IOException, InterruptedException, SQLException {
            var reads = new CredentialReads(settings.callers(), provider);
            reads.store(stock);
            var handingOut = new HandingOut(settings, client, reads, report);
            try (var services = Services.start(Map.of(
                    "broker",
                    () -> broker("broker", Map.of()),
                    "baseline",
                    () -> suite.baseline("read-baseline", Map.of()),
                    "remembering",
                    () -> suite.baseline("read-baseline-remembering", REMEMBERING_TOKENS)))) {
                handingOut.remembered(
                        services.get("broker"), services.get("baseline"), services.get("remembering"), processor);
            }
            try (var broker = broker("broker-uncached", NOT_REMEMBERING)) {
                handingOut.readAnew(broker, peers, processor);
            }
        }

        private void refresh(StoredConnections stock, ProcessorTime peers)
                throws IOException, InterruptedException, SQLException {
            try (var brokers = Services.start(Map.of(
                            "broker 1", () -> broker("broker-1", Map.of()),
                            "broker 2", () -> broker("broker-2", Map.of())));
                    var ofBrokers = ProcessorTime.of(brokers.byName(), postgres)) {
                var processor = ofBrokers.and(peers);
                var ahead = new RefreshesAhead(settings, stock, provider, postgres, DATABASE, processor, report);
                // In this order: how fast it can be is found out by brokers that are warm.
                ahead.oneAfterTheOther();
                ahead.atOnce();
            }
        }
    }
}
