package io.flowmaestro.connections.local.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.proof.mcp.Workers.Answer;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Servers that do everything but what they should: each is answered in time and clearly, and slows no other. */
final class Hostility {
    private static final int TIMEOUT_MILLIS = 2_000;
    /** What the caller's end, two look-ups and a busy machine may add; who hangs takes longer than that. */
    private static final int SLACK_MILLIS = 6_000;

    /** A median below it is none of a server that is held up. */
    private static final int BUSY_MACHINE_MILLIS = 250;

    private static final String REDOS = "a".repeat(64) + "!";

    private final McpSystem system;
    private final Proof proof;
    private final int atOnce;

    Hostility(McpSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.atOnce = proof.times(16, 2);
    }

    void prove() throws Exception {
        Map<Trick, List<Answer>> answers = new EnumMap<>(Trick.class);
        try (var good = new GoodOne(system);
                var memory = new Memory(system)) {
            var calm = good.calm();
            Map<Trick, GoodOne.Times> besideEach = new EnumMap<>(Trick.class);
            for (var trick : Trick.values()) {
                answers.put(trick, suffered(trick));
                besideEach.put(trick, good.times());
            }
            var beside = GoodOne.Times.all(besideEach.values());
            proof.figure("tricks", Trick.values().length)
                    .figure(
                            "calls",
                            answers.values().stream().mapToInt(List::size).sum())
                    .figure("unclear", unclear(answers).size())
                    .figure("late", late(answers).size())
                    .figure("slowest_ms", slowest(answers))
                    .figure("good_ms_p50/p99_before", calm)
                    .figure("good_ms_p50/p99_beside", beside)
                    .figure("good_ms_most", most(besideEach))
                    .figure("good_failed", good.failures().size())
                    .figure("heap_mib_most", memory.most())
                    .figure("direct_mib", Math.round(memory.direct()))
                    .print();

            assertThat(unclear(answers)).isEmpty();
            assertThat(late(answers)).isEmpty();
            assertThat(good.failures()).isEmpty();
            assertThat(beside.percentile(50)).isLessThan(Math.max(BUSY_MACHINE_MILLIS, 4 * calm.percentile(50)));
        }
    }

    private List<Answer> suffered(Trick trick) throws Exception {
        try (var server = trick.on(system.hostile())) {
            var connection = system.connected(new JsonObject()
                    .put("server_url", server.url())
                    .put("auth_type", "none")
                    .put("timeout", TIMEOUT_MILLIS));
            var parameters = new JsonObject().put("text", REDOS);
            var calls = IntStream.range(0, atOnce)
                    .mapToObj(_ -> system.workers().call(connection, Upstream.TOOL, parameters))
                    .toList();
            Workers.await(Future.join(calls));
            return calls.stream().map(Future::result).toList();
        }
    }

    /** Neither a success, nor a problem that says what happened: 502 and 504 are the only ones of ours beyond 499. */
    private static List<String> unclear(Map<Trick, List<Answer>> answers) {
        return found(
                answers,
                answer -> answer.status() < 200
                        || (answer.status() >= 500 && answer.status() != 502 && answer.status() != 504)
                        || answer.code().equals("no code"));
    }

    private static List<String> late(Map<Trick, List<Answer>> answers) {
        return found(answers, answer -> answer.millis() > TIMEOUT_MILLIS + SLACK_MILLIS);
    }

    private static long slowest(Map<Trick, List<Answer>> answers) {
        return answers.values().stream()
                .flatMap(List::stream)
                .mapToLong(answer -> Math.round(answer.millis()))
                .max()
                .orElse(0);
    }

    /** Beside which servers the good one was slowest. */
    private static List<String> most(Map<Trick, GoodOne.Times> beside) {
        return beside.entrySet().stream()
                .sorted(Comparator.comparingDouble(each -> -each.getValue().percentile(100)))
                .limit(3)
                .map(each -> each.getKey() + " " + Math.round(each.getValue().percentile(100)))
                .toList();
    }

    private static List<String> found(Map<Trick, List<Answer>> answers, java.util.function.Predicate<Answer> fault) {
        List<String> found = new ArrayList<>();
        answers.forEach((trick, all) ->
                all.stream().filter(fault).map(answer -> trick + ": " + answer).forEach(found::add));
        return found;
    }
}
