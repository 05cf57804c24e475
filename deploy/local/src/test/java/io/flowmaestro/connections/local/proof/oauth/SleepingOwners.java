package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.time.Duration;
import java.util.List;

/**
 * The owner of a refresh is stopped (SIGSTOP) with the provider's answer in its socket. It wakes after its lease, while the
 * others still wait; or long after them, when another replica has refreshed by the provider's grace.
 */
final class SleepingOwners {
    private static final Timing TIMING = Timing.SHORT_LEASE;
    private static final int AT_ONCE = 25;
    private static final int MOST_VOLLEYS = 12;
    /** The lease lapses after 5 s, and others wait 15 s more. */
    private static final Duration PAST_THE_LEASE = Duration.ofMillis(5_600);

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Verdicts awoken;
    private final Verdicts late;
    private int overwritten;

    SleepingOwners(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
        this.awoken = new Verdicts(stock);
        this.late = new Verdicts(stock);
    }

    void prove() throws Exception {
        var brokers = system.brokers(2, TIMING);
        system.provider().script("crash-grace").grace = Duration.ofSeconds(60);
        var rounds = proof.times(100, 5);
        var count = Math.min(AT_ONCE, rounds);
        for (int i = 0; i < MOST_VOLLEYS && (awoken.trials() < rounds || late.trials() < rounds); i++) {
            wakeInTime(brokers.getFirst(), brokers.getLast(), stock.expired("frozen", count));
            wakeTooLate(brokers.getFirst(), brokers.getLast(), stock.expired("crash-grace", count));
        }
        proof.figure("trials", awoken.trials() + late.trials())
                .figure("woken_after_the_lease_and_served", awoken.newest())
                .figure("redeemed_again", awoken.redeemedAgain())
                .figure("overtaken_and_served", late.newest())
                .figure("newer_generations_overwritten", overwritten)
                .figure("lost", awoken.lost().size() + late.lost().size())
                .print();

        assertThat(awoken.lost()).isEmpty();
        assertThat(late.lost()).isEmpty();
        assertThat(overwritten).isZero();
        assertThat(awoken.newest()).isEqualTo(awoken.trials()).isGreaterThanOrEqualTo(rounds);
        assertThat(late.newest()).isEqualTo(late.trials()).isGreaterThanOrEqualTo(rounds);
    }

    private void wakeInTime(Broker owner, Broker other, List<Held> connections) throws Exception {
        var volley = asleep(owner, "frozen", connections);
        volley.reached().forEach(held -> system.callers().ask(other, held));
        Thread.sleep(PAST_THE_LEASE);
        owner.thaw();
        awoken.judge(settling().settle(other, volley.reached()), Verdicts.Answer.ARRIVED);
        volley.given();
    }

    private void wakeTooLate(Broker owner, Broker other, List<Held> connections) throws Exception {
        var volley = asleep(owner, "crash-grace", connections);
        var served = settling().settle(other, volley.reached());
        var generations = volley.reached().stream().map(this::generation).toList();
        owner.thaw();
        volley.given();
        Thread.sleep(1_000);
        for (int i = 0; i < generations.size(); i++) {
            overwritten += generation(volley.reached().get(i)) == generations.get(i) ? 0 : 1;
        }
        late.judge(served, Verdicts.Answer.FORGIVEN);
    }

    private Volley asleep(Broker owner, String provider, List<Held> connections) throws Exception {
        var volley = new Volley(system, TIMING, provider, connections);
        volley.begin(owner);
        owner.freeze();
        volley.answer();
        return volley;
    }

    private long generation(Held held) {
        try {
            return stock.row(held).generation();
        } catch (java.sql.SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private Settling settling() {
        return new Settling(system.callers(), LONGEST);
    }
}
