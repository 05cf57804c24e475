package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.proof.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Ten thousand callbacks that are each wrong in some way, with scripts wherever a text fits. */
final class Forgeries {
    private static final String PROVIDER = "attacked-iss";
    private static final int CALLERS = 8;
    private static final int CONTROL_ONE_IN = 50;

    private final OAuthSystem system;
    private final Proof proof;
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> defects = new ConcurrentLinkedQueue<>();
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    private Flows flows;
    private CallbackJudge judge;

    Forgeries(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
    }

    void prove() throws Exception {
        flows = new Flows(system, system.brokers(1, Timing.PRODUCTION).getFirst());
        judge = CallbackJudge.knowing(system, flows, List.of(PROVIDER, "attacked", "attacked-other"));
        var mutations = proof.times(10_000, 400);
        var random = proof.random();
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CALLERS; i++) {
                var seed = random.nextLong();
                running.add(callers.submit(() -> {
                    forge(mutations / CALLERS, new Random(seed));
                    return null;
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
        proof.figure("mutations", mutations)
                .figure("accepted", accepted.size())
                .figure("token_requests_by_them", judge.exchangesUnasked())
                .figure("connections_by_them", judge.connectionsUnasked())
                .figure("controls_accepted", judge.controls())
                .figure("statuses", statuses)
                .figure("pages_with_defects", defects.size())
                .print();

        assertThat(accepted).isEmpty();
        assertThat(defects).isEmpty();
        assertThat(judge.exchangesUnasked()).isZero();
        assertThat(judge.connectionsUnasked()).isZero();
        assertThat(judge.controls()).isPositive();
    }

    private void forge(int count, Random random) throws Exception {
        var mutations = new Mutations(random);
        for (int i = 0; i < count; i++) {
            var valid = flows.begin(Account.ALICE, PROVIDER).callback();
            var forged = mutations.of(valid, flows.begin(Account.BOB, PROVIDER).callback());
            var answer = flows.send(forged);
            statuses.computeIfAbsent(answer.status(), _ -> new AtomicInteger()).incrementAndGet();
            if (answer.isAccepted()) {
                accepted.add(forged.target());
            }
            judge.defects(answer).forEach(defect -> defects.add(defect + " after " + forged.target()));
            if (i % CONTROL_ONE_IN == 0) {
                judge.control(Account.ALICE, PROVIDER);
            }
        }
    }
}
