package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Many callers on all replicas want one expired connection at the same moment, with production's clocks. The replicas have
 * served before: one that has only just started may answer such a rush with 503, which is not what this is about.
 */
final class Race {
    private static final int CALLERS = 64;
    private static final int REPLICAS = 3;
    private static final int WARM_UP_ROUNDS = 10;

    /** @param overlapping rounds at once, each on a connection of its own */
    private record Delay(String provider, Duration of, int full, int least, int overlapping) {}

    /** A thousand rounds in a full run. */
    private static final List<Delay> DELAYS = List.of(
            new Delay("race-fast", Duration.ofMillis(200), 700, 4, 4),
            new Delay("race-medium", Duration.ofSeconds(2), 220, 2, 8),
            new Delay("race-slow", Duration.ofSeconds(12), 80, 1, 10));

    private final OAuthSystem system;
    private final Proof proof;
    private List<Broker> brokers;
    private int rounds;
    private int served;
    private int redeemedOnce;
    private int revoked;
    private final Map<String, Integer> others = new TreeMap<>();

    Race(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
    }

    void prove() throws Exception {
        brokers = system.brokers(REPLICAS, Timing.PRODUCTION);
        warmUp();
        for (var delay : DELAYS) {
            system.provider().script(delay.provider()).delay = delay.of();
            var connections = new Stock(system).expired(delay.provider(), proof.times(delay.full(), delay.least()));
            for (int from = 0; from < connections.size(); from += delay.overlapping()) {
                race(connections.subList(from, Math.min(from + delay.overlapping(), connections.size())));
            }
        }
        proof.figure("callers", CALLERS)
                .figure("replicas", REPLICAS)
                .figure("delays_s", "0.2/2/12")
                .figure("races", rounds)
                .figure("callers_served_the_new_token", served)
                .figure("other_answers", others)
                .figure("refresh_tokens_redeemed_once", redeemedOnce)
                .figure("families_revoked", revoked)
                .print();

        assertThat(others).isEmpty();
        assertThat(served).isEqualTo(rounds * CALLERS * REPLICAS);
        assertThat(redeemedOnce).isEqualTo(rounds);
        assertThat(revoked).isZero();
    }

    private void warmUp() throws Exception {
        var good = new Stock(system).held("race-fast", WARM_UP_ROUNDS, Duration.ofMinutes(45));
        for (var connection : good) {
            var asked = new ArrayList<Future<Given>>();
            brokers.forEach(broker -> asked.addAll(system.callers().ask(broker, connection, CALLERS / 2)));
            Callers.await(asked);
        }
    }

    private void race(List<Held> connections) throws Exception {
        var asked = new ArrayList<List<Future<Given>>>();
        for (var connection : connections) {
            var answers = new ArrayList<Future<Given>>();
            brokers.forEach(broker -> answers.addAll(system.callers().ask(broker, connection, CALLERS)));
            asked.add(answers);
        }
        for (int i = 0; i < connections.size(); i++) {
            judge(connections.get(i).family(), Callers.await(asked.get(i)));
        }
    }

    private void judge(Family family, List<Given> answers) {
        var expected = family.newest().accessToken();
        rounds++;
        redeemedOnce += family.redemptions(family.first().refreshToken()) == 1
                        && family.issued().size() == 2
                ? 1
                : 0;
        revoked += family.revoked() ? 1 : 0;
        for (var answer : answers) {
            if (answer.isToken(expected)) {
                served++;
            } else {
                others.merge(answer.status() == 200 ? "another token" : answer.code(), 1, Integer::sum);
            }
        }
    }
}
