package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.report.Condition;
import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.server.Vitals;
import io.flowmaestro.connections.benchmarks.suite.Metrics;
import io.flowmaestro.connections.benchmarks.suite.ProcessorTime;
import io.flowmaestro.connections.benchmarks.turns.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Credentials from memory against a mere check of the token, and credentials that are read anew each time. */
final class HandingOut {

    private static final double BAR = 0.8;
    /** The whole of an answer may differ by the digits of its numbers and times. */
    private static final int SAME_LENGTH = 64;
    /** What is remembered is read anew every 30 s. */
    private static final double MOSTLY = 0.99;

    private static final String GETS = "cache_gets_total";
    private static final String OF_CREDENTIALS = "cache=\"credentials\"";
    private static final String HITS = "result=\"hit\"";

    private final OAuthSettings settings;
    private final LoadClient client;
    private final CredentialReads reads;
    private final Report report;

    HandingOut(OAuthSettings settings, LoadClient client, CredentialReads reads, Report report) {
        this.settings = settings;
        this.client = client;
        this.reads = reads;
        this.report = report;
    }

    /**
     * Compares.
     *
     * @param baseline verifies the token of each call
     * @param remembering is the same, and remembers tokens as the broker does
     * @param recording those who record what was handed out, meanwhile and on the same machine
     */
    void remembered(
            PackagedService broker, PackagedService baseline, PackagedService remembering, ProcessorTime recording)
            throws IOException, InterruptedException {
        Metrics.awaitHearing(broker);
        CredentialReads.METHODS.forEach(method ->
                requireComparable(reads.of(method, broker, method), reads.bare(method, baseline, "token check only")));
        var before = Metrics.of(broker);
        try (var vitals = broker.vitals();
                var bareVitals = baseline.vitals();
                var rememberingVitals = remembering.vitals()) {
            for (int concurrency : settings.concurrencies()) {
                var nanos = recording.nanos();
                double gets = Metrics.of(broker).sum(GETS, OF_CREDENTIALS);
                var remembered = new Scenario(
                        reads.bare("api_key", remembering, "check remembered"), concurrency, rememberingVitals);
                compare(broker, vitals, baseline, bareVitals, remembered, concurrency);
                reportProcessors(
                        "cached, concurrency " + concurrency,
                        recording.since(nanos),
                        Metrics.of(broker).sum(GETS, OF_CREDENTIALS) - gets);
            }
            report.add(new Figure("broker: resident memory", vitals.residentBytes() / 1048576.0, "MiB"));
            report.add(new Figure("check only: resident memory", bareVitals.residentBytes() / 1048576.0, "MiB"));
        }
        report.add(fromMemory(before, Metrics.of(broker)));
    }

    private void compare(
            PackagedService broker,
            Vitals vitals,
            PackagedService baseline,
            Vitals bareVitals,
            Scenario remembered,
            int concurrency) {
        List<Scenario> all = new ArrayList<>();
        for (var method : CredentialReads.METHODS) {
            all.add(new Scenario(reads.of(method, broker, "cached " + method), concurrency, vitals));
            all.add(new Scenario(reads.bare(method, baseline, "check only"), concurrency, bareVitals));
        }
        all.add(remembered);
        settings.turns().run(client, "cached, concurrency " + concurrency, all);
        for (int i = 0; i < CredentialReads.METHODS.size(); i++) {
            var method = CredentialReads.METHODS.get(i);
            var cached = all.get(2 * i);
            var bare = all.get(2 * i + 1);
            report.add(cached.against(bare, "cached " + method + " / token check", BAR));
            cached.report(report);
            bare.report(report, method + ", ");
        }
        remembered.report(report, "api_key, ");
        report.add(new Figure(
                "cached api_key / check of a remembered token, concurrency " + concurrency,
                all.getFirst().against(remembered, "", 0).ratio(),
                ""));
    }

    private static Condition fromMemory(Metrics before, Metrics after) {
        double hits = after.sum(GETS, OF_CREDENTIALS, HITS) - before.sum(GETS, OF_CREDENTIALS, HITS);
        double gets = after.sum(GETS, OF_CREDENTIALS) - before.sum(GETS, OF_CREDENTIALS);
        return new Condition(
                "a cached read is answered from memory",
                hits >= MOSTLY * gets && hits > 0,
                "%,.0f of %,.0f reads were".formatted(hits, gets));
    }

    private void requireComparable(Target credential, Target bare) {
        for (int i = 0; i < credential.calls().size(); i++) {
            int answer = client.call(credential, credential.calls().get(i)).length();
            int other = client.call(bare, bare.calls().get(i)).length();
            if (Math.abs(answer - other) > SAME_LENGTH) {
                throw new IllegalStateException(
                        "For %s the broker answers %d bytes, the baseline %d: they cannot be compared (see BareCredential)"
                                .formatted(credential.name(), answer, other));
            }
        }
    }

    private void reportProcessors(String name, Map<String, Long> nanos, double calls) {
        nanos.forEach((process, used) ->
                report.add(new Figure(name + ": processor, " + process, used / 1e3 / calls, "µs/call")));
    }

    /** Shows what a read costs that nothing is remembered of, and whom else it asks. */
    void readAnew(PackagedService broker, Map<String, PackagedService> peers, ProcessorTime asked)
            throws IOException, InterruptedException {
        try (var vitals = broker.vitals()) {
            for (int concurrency : settings.concurrencies()) {
                var scenarios = CredentialReads.METHODS.stream()
                        .map(method ->
                                new Scenario(reads.of(method, broker, "uncached " + method), concurrency, vitals))
                        .toList();
                var hops = Hops.before(broker, peers);
                var nanos = asked.nanos();
                settings.turns().run(client, "uncached, concurrency " + concurrency, scenarios);
                scenarios.forEach(scenario -> scenario.report(report));
                reportProcessors("uncached, concurrency " + concurrency, asked.since(nanos), hops.reads());
                hops.report(report, "uncached, concurrency " + concurrency);
            }
        }
    }
}
