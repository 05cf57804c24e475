package io.flowmaestro.connections.benchmarks.vault;

import io.flowmaestro.connections.benchmarks.report.Machine;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.testing.PeersResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** The benchmark {@code vault}. */
public final class VaultBenchmark {

    private static final int KEY_BYTES = 32;

    private final Path repository;
    private final Settings settings;

    /**
     * Runs nothing yet.
     *
     * @param repository where the packaged services are, and whose {@code benchmarks/target} takes what is written
     */
    public VaultBenchmark(Path repository, Settings settings) {
        this.repository = repository;
        this.settings = settings;
    }

    public Report run() throws IOException, InterruptedException, SQLException, RunnerException {
        var report = new Report("vault");
        Files.createDirectories(output());
        report.settings(Machine.describe(output()));
        report.settings(settings.text());
        IO.println("vault, in process");
        new InProcess(settings).run(report);
        IO.println("vault, over HTTP");
        overHttp(report);
        return report;
    }

    private void overHttp(Report report) throws IOException, InterruptedException, SQLException {
        var issuer = new PeersResource();
        try (var postgres = DurablePostgres.start(output())) {
            Map<String, String> environment = new HashMap<>(issuer.start());
            environment.putAll(postgres.prepare("vault"));
            environment.put("ENCRYPTION_KEY", freshKey());
            report.settings(Map.of("services", String.join(" ", PackagedService.JVM)));
            report.settings(Map.of("PostgreSQL", postgres.settings().toString()));
            try (var vault = service("credential-vault", environment);
                    var baseline = service("benchmarks/audit-baseline", environment)) {
                new OverHttp(settings, vault, baseline, postgres).run(report);
            }
        } finally {
            issuer.stop();
        }
    }

    private PackagedService service(String module, Map<String, String> environment)
            throws IOException, InterruptedException {
        var name = Path.of(module).getFileName().toString();
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

    private static String freshKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private Path output() {
        return repository.resolve("benchmarks/target");
    }
}
