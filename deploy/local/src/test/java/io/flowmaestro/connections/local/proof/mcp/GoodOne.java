package io.flowmaestro.connections.local.proof.mcp;

import io.flowmaestro.connections.local.proof.mcp.Workers.Answer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A connection to a good server that is called all the time, beside whatever else happens. */
final class GoodOne implements AutoCloseable {
    private static final long EVERY_MILLIS = 20;
    private static final int WARM_UP = 30;
    private static final int CALM = 50;

    private final McpSystem system;
    private final Upstream server;
    private final Connected connection;
    private final List<Double> millis = new ArrayList<>();
    private final List<Answer> failures = new ArrayList<>();
    private final Thread calling;
    private volatile boolean ended;

    GoodOne(McpSystem system) throws Exception {
        this.system = system;
        server = Upstream.that(system.vertx(), Map.of());
        connection = system.connected(
                new JsonObject().put("server_url", server.url()).put("auth_type", "none"));
        calling = Thread.ofVirtual().start(this::callAllTheTime);
    }

    private void callAllTheTime() {
        while (!ended) {
            try {
                note(Workers.await(system.workers().call(connection, Upstream.TOOL, new JsonObject())));
                Thread.sleep(EVERY_MILLIS);
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        }
    }

    private synchronized void note(Answer answer) {
        if (answer.status() == 200) {
            millis.add(answer.millis());
        } else {
            failures.add(answer);
        }
    }

    /** How long calls take while nothing else happens, once the gateway has warmed up. */
    Times calm() throws InterruptedException {
        awaitCalls(WARM_UP);
        times();
        awaitCalls(CALM);
        return times();
    }

    private void awaitCalls(int calls) throws InterruptedException {
        while (!has(calls)) {
            Thread.sleep(EVERY_MILLIS);
        }
    }

    private synchronized boolean has(int calls) {
        return millis.size() >= calls || !failures.isEmpty();
    }

    /** How long the calls took since the last time that somebody asked. */
    synchronized Times times() {
        var sorted = millis.stream().sorted().toList();
        millis.clear();
        return new Times(sorted);
    }

    synchronized List<Answer> failures() {
        return List.copyOf(failures);
    }

    /** In milliseconds, in order. */
    record Times(List<Double> sorted) {
        static Times all(Collection<Times> several) {
            return new Times(several.stream()
                    .flatMap(times -> times.sorted().stream())
                    .sorted()
                    .toList());
        }

        double percentile(int percent) {
            return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
        }

        @Override
        public String toString() {
            return "%.1f/%.1f".formatted(percentile(50), percentile(99));
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        calling.join();
        server.close();
    }
}
