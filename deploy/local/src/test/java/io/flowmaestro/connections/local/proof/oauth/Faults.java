package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All providers misbehave at once, each in its way, while callers keep asking for tokens that are due or ended. */
final class Faults {
    private static final Duration GRACE = Duration.ofMinutes(10);
    /** And more for many connections, since what is proved is patience with providers and not throughput. */
    private static final long BETWEEN_ASKS_MILLIS = 1_000;

    private static final long EACH_MILLIS = 12;
    /** The longest pause of a breaker, and some. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Duration length;
    private List<Broker> brokers;

    Faults(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
        this.length = Duration.ofSeconds(proof.times(60, 8));
    }

    void prove() throws Exception {
        brokers = system.brokers(2, Timing.SHORT);
        warmUp();
        var troubles = troubles();
        for (var trouble : troubles) {
            trouble.begin();
        }
        var asked = ask(troubles);
        for (var trouble : troubles) {
            trouble.note();
        }
        troubles.forEach(Trouble::end);
        for (var trouble : troubles) {
            trouble.settle(new Settling(system.callers(), LONGEST), brokers.getLast());
        }
        proof.figure("faults", troubles.size())
                .figure("connections", troubles.stream().mapToInt(Trouble::size).sum())
                .figure("fault_s", length.toSeconds())
                .figure("asked", asked)
                .figure("calls", sums(troubles, Trouble::calls))
                .figure("calls_a_minute_of_the_busiest_connection", sums(troubles, Trouble::busiest))
                .figure("connections_without_backoff", total(troubles, Trouble::hasty))
                .figure("asked_before_its_time", sums(troubles, Trouble::tooEarly))
                .figure("status_changed", total(troubles, Trouble::statusChanged))
                .figure(
                        "valid_tokens_not_served",
                        total(troubles, each -> each.notServed().size()))
                .figure("answers_without_retry_after", total(troubles, Trouble::unclear))
                .figure(
                        "recovered",
                        troubles.stream()
                                .mapToInt(each -> each.verdicts().newest())
                                .sum())
                .figure(
                        "lost",
                        troubles.stream()
                                .mapToInt(each -> each.verdicts().lost().size())
                                .sum())
                .print();

        for (var trouble : troubles) {
            assertThat(trouble.verdicts().lost()).as(trouble.name()).isEmpty();
            assertThat(trouble.calls()).as("calls of %s", trouble.name()).isPositive();
            assertThat(trouble.hasty())
                    .as("connections of %s without backoff", trouble.name())
                    .isZero();
            assertThat(trouble.tooEarly())
                    .as("early calls of %s", trouble.name())
                    .isZero();
            assertThat(trouble.statusChanged())
                    .as("statuses of %s", trouble.name())
                    .isZero();
            assertThat(trouble.notServed())
                    .as("instead of valid tokens of %s", trouble.name())
                    .isEmpty();
            assertThat(trouble.unclear()).as("answers of %s", trouble.name()).isZero();
        }
    }

    private List<Trouble> troubles() throws Exception {
        var troubles = new ArrayList<Trouble>();
        for (var fault : Fault.values()) {
            if (fault != Fault.NONE) {
                troubles.add(trouble(fault, fault.provider(), false));
            }
            if (fault.mayLoseAnAnswer()) {
                troubles.add(trouble(fault, fault.provider() + "-rotated", true));
            }
        }
        return troubles;
    }

    /** A hundred connections for each fault in a full run; half of each with a token that is due and still good. */
    private Trouble trouble(Fault fault, String provider, boolean rotates) throws Exception {
        var script = system.provider().script(provider);
        script.grace = GRACE;
        script.redeemsBeforeFault = rotates;
        var each = proof.times(fault.mayLoseAnAnswer() ? 25 : 50, 2);
        return new Trouble(
                stock,
                script,
                provider,
                fault,
                stock.expired(provider, each),
                stock.held(provider, each, Duration.ofMinutes(4)));
    }

    /** So that the time of the faults is spent on them. */
    private void warmUp() throws Exception {
        for (var broker : brokers) {
            new Settling(system.callers(), LONGEST).settle(broker, stock.expired("changes", 60));
        }
    }

    /** Each connection at one replica after the other, again and again; gives how often. */
    private int ask(List<Trouble> troubles) throws Exception {
        var asked = 0;
        var turns = 0;
        var connections = troubles.stream().mapToInt(Trouble::size).sum();
        var pause = Math.max(BETWEEN_ASKS_MILLIS, EACH_MILLIS * connections) / troubles.size();
        var end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            var broker = brokers.get(turns++ % brokers.size());
            for (var trouble : troubles) {
                asked += trouble.ask(system.callers(), broker);
                Thread.sleep(pause);
            }
        }
        return asked;
    }

    private interface Figure {
        int of(Trouble trouble) throws Exception;
    }

    private static Map<String, Integer> sums(List<Trouble> troubles, Figure figure) throws Exception {
        var sums = new LinkedHashMap<String, Integer>();
        for (var trouble : troubles) {
            sums.put(trouble.name(), figure.of(trouble));
        }
        return sums;
    }

    private static int total(List<Trouble> troubles, Figure figure) throws Exception {
        return sums(troubles, figure).values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
