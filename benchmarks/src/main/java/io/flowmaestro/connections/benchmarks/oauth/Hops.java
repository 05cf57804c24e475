package io.flowmaestro.connections.benchmarks.oauth;

import io.flowmaestro.connections.benchmarks.report.Figure;
import io.flowmaestro.connections.benchmarks.report.Report;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.suite.Metrics;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What its peers were asked for, for each credential that a broker handed out; by the counters of them all. */
final class Hops {

    private static final String READ = "POST /api/credentials/{connectionId}";
    /** Less than one in a hundred is something that happens from time to time. */
    private static final double NOTEWORTHY = 0.01;

    private final PackagedService broker;
    private final Map<String, PackagedService> peers;
    private final double readsBefore;
    private final Map<String, Map<String, Double>> before = new HashMap<>();

    private Hops(PackagedService broker, Map<String, PackagedService> peers) throws IOException, InterruptedException {
        this.broker = broker;
        this.peers = peers;
        readsBefore = counted();
        for (var peer : peers.entrySet()) {
            before.put(peer.getKey(), Metrics.of(peer.getValue()).requests());
        }
    }

    static Hops before(PackagedService broker, Map<String, PackagedService> peers)
            throws IOException, InterruptedException {
        return new Hops(broker, peers);
    }

    private double counted() throws IOException, InterruptedException {
        return Metrics.of(broker).requests().getOrDefault(READ, 0.0);
    }

    /** Credentials that were handed out since. */
    double reads() throws IOException, InterruptedException {
        return counted() - readsBefore;
    }

    void report(Report report, String name) throws IOException, InterruptedException {
        double reads = reads();
        for (var peer : peers.entrySet()) {
            var earlier = before.getOrDefault(peer.getKey(), Map.of());
            Metrics.of(peer.getValue()).requests().forEach((request, count) -> {
                double each = (count - earlier.getOrDefault(request, 0.0)) / reads;
                if (each >= NOTEWORTHY) {
                    report.add(new Figure(name + ": " + peer.getKey() + " " + request, each, "/call"));
                }
            });
        }
    }
}
