package io.flowmaestro.connections.benchmarks.vault;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.load.Target.Call;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.server.Vitals;
import io.flowmaestro.connections.benchmarks.turns.Scenario;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The calls of a running vault and of a running baseline, in turns. */
final class OverHttp {

    private static final double AUDITED_BAR = 0.5;
    private static final double BATCH_BAR = 10;
    private static final String AUDIT_ONLY = "/internal/audit-only";
    /** Two envelopes of the same record differ by a few bytes: the version's digits, for one. */
    private static final int SAME_LENGTH = 64;

    private final Settings settings;
    private final PackagedService vault;
    private final PackagedService baseline;
    private final DurablePostgres postgres;
    private long records;

    OverHttp(Settings settings, PackagedService vault, PackagedService baseline, DurablePostgres postgres) {
        this.settings = settings;
        this.vault = vault;
        this.baseline = baseline;
        this.postgres = postgres;
    }

    void run(Report report) throws IOException, SQLException {
        int connections = settings.concurrencies().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        try (var client = new LoadClient(connections);
                var vaultVitals = vault.vitals();
                var baselineVitals = baseline.vitals()) {
            var targets = targets(client);
            for (int concurrency : settings.concurrencies()) {
                new Turns(targets, concurrency, vaultVitals, baselineVitals).run(client, report);
            }
            report.add(new Figure("vault: resident memory", vaultVitals.residentBytes() / 1048576.0, "MiB"));
            report.add(new Figure("audit-only: resident memory", baselineVitals.residentBytes() / 1048576.0, "MiB"));
        }
        requireRecorded();
    }

    private record Targets(
            Target encrypt, Target auditOnly, Target encryptBatch, Target decrypt, Target decryptBatch) {}

    private Targets targets(LoadClient client) {
        var requests = new Requests(settings.seed());
        var singles = requests.singles();
        var batches = requests.batches();
        var encrypt = target("encrypt", "/internal/encrypt", singles, 1);
        var encryptBatch = target("encrypt batch", "/internal/encrypt/batch", batches, Requests.BATCH);
        var auditOnly = new Target("audit-only", baseline.port(), AUDIT_ONLY, singles, 1);
        List<Call> opening = new ArrayList<>();
        List<Call> openingBatch = new ArrayList<>();
        for (int i = 0; i < singles.size(); i++) {
            opening.add(requests.opening(i, singles.get(i), client.call(encrypt, singles.get(i))));
            openingBatch.add(requests.openingBatch(i, batches.get(i), client.call(encryptBatch, batches.get(i))));
            records += 1 + Requests.BATCH;
        }
        var decrypt = target("decrypt", "/internal/decrypt", opening, 1);
        requests.requireOpened(singles.getFirst(), client.call(decrypt, opening.getFirst()));
        records++;
        requireSameAnswers(client, encrypt, auditOnly);
        return new Targets(
                encrypt,
                auditOnly,
                encryptBatch,
                decrypt,
                target("decrypt batch", "/internal/decrypt/batch", openingBatch, Requests.BATCH));
    }

    private Target target(String name, String path, List<Call> calls, int items) {
        return new Target(name, vault.port(), path, calls, items);
    }

    private void requireSameAnswers(LoadClient client, Target encrypt, Target auditOnly) {
        int answer = client.call(encrypt, encrypt.calls().getFirst()).length();
        int other = client.call(auditOnly, auditOnly.calls().getFirst()).length();
        records += 2;
        if (Math.abs(answer - other) > SAME_LENGTH) {
            throw new IllegalStateException(
                    "The vault answers %d bytes, the baseline %d: they cannot be compared".formatted(answer, other));
        }
    }

    /** A rate of calls that left no durable record is no rate of calls with audit. */
    private void requireRecorded() throws SQLException {
        long rows = postgres.rows("vault.audit_records");
        if (rows < records) {
            throw new IllegalStateException(
                    "%d records were answered, and only %d audit rows are there".formatted(records, rows));
        }
    }

    /** All targets at one concurrency: round after round, every other one in the opposite order. */
    private final class Turns {

        private final int concurrency;
        private final Scenario encrypt;
        private final Scenario auditOnly;
        private final Scenario encryptBatch;
        private final List<Scenario> all;

        Turns(Targets targets, int concurrency, Vitals vaultVitals, Vitals baselineVitals) {
            this.concurrency = concurrency;
            encrypt = new Scenario(targets.encrypt(), concurrency, vaultVitals);
            auditOnly = new Scenario(targets.auditOnly(), concurrency, baselineVitals);
            encryptBatch = new Scenario(targets.encryptBatch(), concurrency, vaultVitals);
            all = List.of(
                    encrypt,
                    auditOnly,
                    encryptBatch,
                    new Scenario(targets.decrypt(), concurrency, vaultVitals),
                    new Scenario(targets.decryptBatch(), concurrency, vaultVitals));
        }

        void run(LoadClient client, Report report) {
            IO.println("  warming up, concurrency " + concurrency);
            all.forEach(scenario -> records += scenario.warmUp(client, settings.warmUp()));
            IntStream.range(0, settings.rounds()).forEach(round -> {
                IO.println("  round %d of %d, concurrency %d".formatted(round + 1, settings.rounds(), concurrency));
                var order = round % 2 == 0 ? all : all.reversed();
                order.forEach(scenario -> records += scenario.measure(client, settings.round()));
            });
            report.add(encrypt.against(auditOnly, "encrypt with audit / audit only", AUDITED_BAR));
            report.add(encryptBatch.against(encrypt, "encrypt batch of 100 / single", BATCH_BAR));
            all.forEach(scenario -> scenario.report(report));
        }
    }
}
