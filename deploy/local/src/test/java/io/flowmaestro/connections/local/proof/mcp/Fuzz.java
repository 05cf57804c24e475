package io.flowmaestro.connections.local.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.proof.mcp.Workers.Answer;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Answers of an MCP server with anything wrong in them, by chance: none becomes an error of ours, a hang, or memory that is kept. */
final class Fuzz {
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final int SLACK_MILLIS = 6_000;
    private static final int CONNECTIONS = 32;
    private static final int SHOWN = 20;

    private final McpSystem system;
    private final Proof proof;
    private final int exchanges;
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final List<Answer> faults = new ArrayList<>();

    Fuzz(McpSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.exchanges = proof.times(100_000, 1_000);
    }

    void prove() throws Exception {
        var mutations = new Mutations(proof.random());
        Map<String, Upstream.Behaviour> behaviours = new HashMap<>();
        for (var method : List.of(
                "initialize", "tools/list", "tools/call", "server/discover", "GET", "notifications/initialized")) {
            behaviours.put(method, mutations::answer);
        }
        try (var server = Upstream.that(system.hostile(), behaviours);
                var good = new GoodOne(system);
                var memory = new Memory(system)) {
            var callers = new ArrayList<Thread>();
            for (int i = 0; i < CONNECTIONS; i++) {
                var connection = connection(server);
                callers.add(Thread.ofVirtual().start(() -> callAsLongAsNeeded(server, connection)));
            }
            for (var caller : callers) {
                caller.join();
            }
            proof.figure("exchanges", server.requests())
                    .figure("answers", new TreeMap<>(outcomes))
                    .figure("faults", faults.size())
                    .figure("good_ms_p50/p99", good.times())
                    .figure("good_failed", good.failures().size())
                    .figure("heap_mib_most", memory.most())
                    .figure("direct_mib", Math.round(memory.direct()))
                    .print();

            assertThat(explained()).isEmpty();
            assertThat(good.failures()).isEmpty();
            assertThat(server.requests()).isGreaterThanOrEqualTo(exchanges);
        }
    }

    private Connected connection(Upstream server) throws Exception {
        return system.connected(new JsonObject()
                .put("server_url", server.url())
                .put("auth_type", "none")
                .put("timeout", TIMEOUT_MILLIS));
    }

    private void callAsLongAsNeeded(Upstream server, Connected connection) {
        while (server.requests() < exchanges) {
            note(system.workers()
                    .call(connection, Upstream.TOOL, new JsonObject())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join());
        }
    }

    /** Each fault with what the gateway has logged of it: its log is gone when the proof has ended. */
    private List<String> explained() throws IOException {
        var explained = new ArrayList<String>();
        for (var fault : faults) {
            explained.add(fault + "\n" + (fault.traceId().isEmpty() ? "" : system.logged(fault.traceId())));
        }
        return explained;
    }

    /** A breaker that rests is an answer of ours about the server, like 502 and 504. */
    private static boolean isClear(Answer answer) {
        return answer.status() >= 200
                && (answer.status() < 500
                        || answer.status() == 502
                        || answer.status() == 504
                        || answer.code().equals("mcp-server-resting"));
    }

    private void note(Answer answer) {
        outcomes.computeIfAbsent(
                        answer.status() + (answer.code().isEmpty() ? "" : " " + answer.code()), _ -> new LongAdder())
                .increment();
        if (!isClear(answer) || answer.millis() > TIMEOUT_MILLIS + SLACK_MILLIS) {
            synchronized (faults) {
                if (faults.size() < SHOWN) {
                    faults.add(answer);
                }
            }
        }
    }
}
