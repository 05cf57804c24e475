package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.time.Duration;

/**
 * PostgreSQL stops at once (SIGQUIT) when the provider has rotated and before it answers: the broker has the answer and no
 * database. Every second time it is killed as well before there is one again.
 */
final class DatabaseStops {
    private static final String PROVIDER = "database";
    private static final Timing TIMING = Timing.SHORT;
    private static final int AT_ONCE = 10;
    private static final int MOST_STOPS = 30;
    private static final String JOURNALED = "connections_oauth_journal_answers_total";
    /** In which the answers reach the broker, and the broker puts them in a safe place. */
    private static final Duration SAFE = Duration.ofSeconds(20);

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Verdicts verdicts;
    private int stops;
    private int kills;

    DatabaseStops(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
        this.verdicts = new Verdicts(stock);
    }

    void prove() throws Exception {
        var brokers = system.brokers(2, TIMING);
        var rounds = proof.times(100, 8);
        while (stops < 2 || verdicts.trials() < rounds && stops < MOST_STOPS) {
            stop(brokers.getFirst(), brokers.getLast(), Math.min(AT_ONCE, rounds / 2));
        }
        proof.figure("stops", stops)
                .figure("broker_killed_meanwhile", kills)
                .figure("trials", verdicts.trials())
                .figure("serve_what_had_arrived", verdicts.newest())
                .figure("redeemed_again", verdicts.redeemedAgain())
                .figure("lost", verdicts.lost().size())
                .print();

        assertThat(verdicts.lost()).isEmpty();
        assertThat(kills).isPositive();
        assertThat(verdicts.newest()).isEqualTo(verdicts.trials()).isGreaterThanOrEqualTo(rounds);
    }

    private void stop(Broker owner, Broker other, int count) throws Exception {
        var journaled = owner.counter(JOURNALED);
        var volley = new Volley(system, TIMING, PROVIDER, stock.expired(PROVIDER, count)).begin(owner);
        system.stopPostgresAtOnce();
        stops++;
        volley.answer();
        awaitJournaled(owner, journaled + volley.reached().size());
        var isKilled = stops % 2 == 0;
        if (isKilled) {
            owner.kill();
            kills++;
        }
        system.startPostgres();
        system.awaitPeers();
        if (isKilled) {
            owner.start().ready();
        }
        // The answer is in the owner's journal, and the other replica must leave the connection alone until it is told.
        var heir = stops % 4 < 2 ? owner : other;
        verdicts.judge(new Settling(system.callers(), LONGEST).settle(heir, volley.reached()), Verdicts.Answer.ARRIVED);
    }

    private static void awaitJournaled(Broker owner, int wanted) throws Exception {
        var deadline = System.nanoTime() + SAFE.toNanos();
        while (owner.counter(JOURNALED) < wanted && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }
}
