package io.flowmaestro.connections.local.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.proof.mcp.ClientRequests.Sent;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests of MCP clients with anything wrong in them, by chance: none is answered with an error of ours, hangs, or leaves
 * memory behind, and nobody else is any slower for it.
 */
final class ClientFuzz {
    /** The servers are quick, so nobody waits long. */
    private static final int LONGEST_MILLIS = 10_000;

    private static final long MOST_HEAP_MIB = 1_024;
    private static final int CLIENTS = 32;
    private static final int EACH_SESSION = 200;
    private static final int SHOWN = 20;

    private final McpSystem system;
    private final Proof proof;
    private final ClientRequests requests;
    private final AtomicInteger left;
    private final int all;
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private final List<String> faults = new ArrayList<>();

    ClientFuzz(McpSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.requests = new ClientRequests(proof.random());
        this.all = proof.times(100_000, 1_000);
        this.left = new AtomicInteger(all);
    }

    void prove() throws Exception {
        long errorsBefore = errorsLogged();
        try (var server = Upstream.that(system.vertx(), Map.of());
                var good = new GoodOne(system);
                var memory = new Memory(system)) {
            var clients = new ArrayList<Thread>();
            for (int i = 0; i < CLIENTS; i++) {
                var connection = system.connected(
                        new JsonObject().put("server_url", server.url()).put("auth_type", "none"));
                clients.add(Thread.ofVirtual().start(() -> askAsLongAsNeeded(connection)));
            }
            for (var client : clients) {
                client.join();
            }
            long errors = errorsLogged() - errorsBefore;
            proof.figure("requests", all)
                    .figure("answers", new TreeMap<>(outcomes))
                    .figure("faults", faults.size())
                    .figure("good_ms_p50/p99", good.times())
                    .figure("good_failed", good.failures().size())
                    .figure("heap_mib_most", memory.most())
                    .figure("direct_mib", Math.round(memory.direct()))
                    .figure("errors_logged", errors)
                    .print();

            assertThat(faults).isEmpty();
            assertThat(good.failures()).isEmpty();
            assertThat(memory.most()).isLessThan(MOST_HEAP_MIB);
            assertThat(errors).as("lines at ERROR in " + system.gatewaysLog()).isZero();
            assertThat(outcomes.keySet())
                    .as("what was sent as it should be is answered")
                    .contains("200", "202");
        }
    }

    private void askAsLongAsNeeded(Connected connection) {
        var session = "";
        for (int asked = 0; left.getAndDecrement() > 0; asked++) {
            if (asked % EACH_SESSION == 0) {
                session = system.clients().session(connection);
            }
            var sent = requests.next(connection, session);
            note(sent, system.clients().ask(connection, sent));
        }
    }

    private void note(Sent sent, Clients.Answer answer) {
        outcomes.computeIfAbsent(answer.kind(), _ -> new LongAdder()).increment();
        boolean clear = answer.status() >= 200 && answer.status() < 500 && !answer.isInternalError();
        if (!clear || answer.millis() > LONGEST_MILLIS) {
            synchronized (faults) {
                if (faults.size() < SHOWN) {
                    faults.add(answer + " to " + sent);
                }
            }
        }
    }

    private long errorsLogged() throws IOException {
        try (var lines = Files.lines(system.gatewaysLog(), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains("\"level\":\"ERROR\"") || line.contains(" ERROR "))
                    .count();
        }
    }
}
