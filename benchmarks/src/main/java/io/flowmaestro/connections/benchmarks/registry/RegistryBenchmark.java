package io.flowmaestro.connections.benchmarks.registry;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Machine;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.turns.Scenario;
import io.flowmaestro.connections.testing.PeersResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The benchmark {@code registry}. */
public final class RegistryBenchmark {

    private static final double BARE_BAR = 0.75;
    private static final double ROW_SECURITY_BAR = 0.85;
    private static final double GROWTH_BAR = 1 / 1.5;
    private static final String LIST = "list of " + RegistrySettings.EACH;
    private static final String GROWTH = LIST + ", p99 on few rows / on many";
    private static final String UNPROTECTED = "registry_unprotected";
    /** Below this a plan says nothing: a table of a few pages is read whole. */
    private static final int ENOUGH_FOR_A_PLAN = 1_000;

    private final Path repository;
    private final RegistrySettings settings;

    /**
     * Runs nothing yet.
     *
     * @param repository where the packaged services are, and whose {@code benchmarks/target} takes what is written
     */
    public RegistryBenchmark(Path repository, RegistrySettings settings) {
        this.repository = repository;
        this.settings = settings;
    }

    public Report run() throws IOException, InterruptedException, SQLException {
        IO.println("registry");
        var report = new Report("registry");
        Files.createDirectories(output());
        report.settings(Machine.describe(output()));
        report.settings(settings.text());
        report.settings(Map.of("services", String.join(" ", PackagedService.JVM)));
        var issuer = new PeersResource();
        try (var postgres = DurablePostgres.start(output(), ListStatements.LOGGING)) {
            report.settings(Map.of("PostgreSQL", postgres.settings().toString()));
            new Run(report, postgres, issuer.start()).run();
        } finally {
            issuer.stop();
        }
        return report;
    }

    private Path output() {
        return repository.resolve("benchmarks/target");
    }

    /** One run, on a server of its own. */
    private final class Run {

        private final Report report;
        private final DurablePostgres postgres;
        private final Map<String, String> issuer;
        private final StoredRows many = new StoredRows("many_rows", settings.manyUsers());
        private final StoredRows few = new StoredRows("few_rows", settings.fewUsers());

        Run(Report report, DurablePostgres postgres, Map<String, String> issuer) {
            this.report = report;
            this.postgres = postgres;
            this.issuer = issuer;
        }

        void run() throws IOException, InterruptedException, SQLException {
            var toMany = stored(many);
            var toFew = stored(few);
            postgres.createUnprotected(UNPROTECTED, "registry_app");
            try (var client = new LoadClient(settings.concurrencies().stream()
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElseThrow());
                    var registry = service("connection-registry", "registry", toMany)) {
                reads(client, registry, toMany, toFew);
                statements(client, registry);
            }
        }

        private Map<String, String> stored(StoredRows rows) throws SQLException {
            IO.println("  storing %s rows".formatted(settings.rows(rows.users())));
            var environment = new HashMap<>(issuer);
            environment.putAll(postgres.prepare(
                    rows.database(),
                    "registry",
                    "filesystem:" + repository.resolve("connection-registry/src/main/resources/db/migration")));
            rows.store(postgres);
            return environment;
        }

        private void reads(
                LoadClient client, PackagedService registry, Map<String, String> toMany, Map<String, String> toFew)
                throws IOException, InterruptedException {
            var unprotected = new HashMap<>(toMany);
            unprotected.put("CONNECTIONS_DATABASE_USER", UNPROTECTED);
            try (var open = service("connection-registry", "registry-unprotected", unprotected);
                    var small = service("connection-registry", "registry-few-rows", toFew);
                    var bare = service("benchmarks/read-baseline", "read-baseline", unprotected);
                    var vitals = registry.vitals();
                    var openVitals = open.vitals();
                    var smallVitals = small.vitals();
                    var bareVitals = bare.vitals()) {
                for (int concurrency : settings.concurrencies()) {
                    var reads = new Reads(many, settings.callers());
                    var get = reads.get("get", registry);
                    var list = reads.list(LIST, registry);
                    var openGet = reads.get("no policies", open);
                    var openList = reads.list("no policies", open);
                    var bareGet = reads.bareGet("bare SELECT", bare);
                    var bareList = reads.bareList("bare SELECT", bare);
                    var smallReads = new Reads(few, settings.callers());
                    var smallList = smallReads.list(settings.rows(few.users()) + " rows", small);
                    requireComparable(
                            client, List.of(get, list), List.of(openGet, openList), List.of(bareGet, bareList));
                    SameAnswers.requireFull(client, list);
                    SameAnswers.requireFull(client, smallList);
                    // Only so that all processes have the same to warm up with.
                    client.run(
                            smallReads.get("get", small),
                            concurrency,
                            settings.turns().warmUp());
                    var gets = List.of(
                            new Scenario(get, concurrency, vitals),
                            new Scenario(bareGet, concurrency, bareVitals),
                            new Scenario(openGet, concurrency, openVitals));
                    var lists = List.of(
                            new Scenario(list, concurrency, vitals),
                            new Scenario(bareList, concurrency, bareVitals),
                            new Scenario(openList, concurrency, openVitals),
                            new Scenario(smallList, concurrency, smallVitals));
                    settings.turns()
                            .run(
                                    client,
                                    "concurrency " + concurrency,
                                    Stream.of(gets, lists).flatMap(List::stream).toList());
                    report(gets, "get");
                    report(lists, LIST);
                    report.add(lists.getFirst().latencyAgainst(lists.getLast(), GROWTH, GROWTH_BAR));
                }
                report.add(new Figure("registry: resident memory", vitals.residentBytes() / 1048576.0, "MiB"));
                report.add(new Figure("bare: resident memory", bareVitals.residentBytes() / 1048576.0, "MiB"));
            }
        }

        private void requireComparable(LoadClient client, List<Target> registry, List<Target> open, List<Target> bare) {
            for (int i = 0; i < registry.size(); i++) {
                SameAnswers.require(client, registry.get(i), open.get(i));
                SameAnswers.requireAbout(client, registry.get(i), bare.get(i));
            }
        }

        /** The registry's own comes first, then the bare one, then that without policies. */
        private void report(List<Scenario> scenarios, String name) {
            var registry = scenarios.getFirst();
            report.add(registry.against(scenarios.get(1), name + " / bare SELECT", BARE_BAR));
            report.add(registry.against(scenarios.get(2), name + ", row security / none", ROW_SECURITY_BAR));
            registry.report(report);
            scenarios.stream().skip(1).forEach(scenario -> scenario.report(report, name + ", "));
        }

        /** What is no matter of speed. */
        private void statements(LoadClient client, PackagedService registry)
                throws IOException, InterruptedException, SQLException {
            var list = new Reads(many, settings.callers()).list(LIST, registry);
            var statements = new ListStatements(postgres, many.database()).of(client, list);
            var onConnections = statements.stream()
                    .filter(ListStatements.Logged::isOnConnections)
                    .toList();
            var plan = ListPlan.of(postgres, many.database(), many.user(0), onConnections.getFirst());
            report.add(new Condition(
                    "a list is one statement on connections",
                    onConnections.size() == 1 && plan.reads() == 1,
                    "%d of the %d statements of its transaction, and %d of the %d plans that it comes to"
                            .formatted(onConnections.size(), statements.size(), plan.reads(), plan.plans())));
            report.add(new Condition(
                    "a list reads no ciphertext",
                    !plan.readsCiphertext(),
                    "it runs for a role that may select every column but data"));
            report.add(new Condition("a list is under row security", plan.isProtected(), plan.protection()));
            if (many.users() >= ENOUGH_FOR_A_PLAN) {
                report.add(new Condition("a list uses the index made for it", plan.usesIndex(), plan.scan()));
            }
        }

        private PackagedService service(String module, String name, Map<String, String> environment)
                throws IOException, InterruptedException {
            return PackagedService.start(
                    repository.resolve(module).resolve("target/quarkus-app"),
                    output().resolve("logs").resolve(name + ".log"),
                    settings.profile() ? recording(name) : List.of(),
                    environment);
        }

        private List<String> recording(String name) {
            return List.of("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
                    + output().resolve(name + ".jfr"));
        }
    }
}
