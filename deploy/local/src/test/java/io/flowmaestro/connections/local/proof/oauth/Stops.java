package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A broker is told to end (SIGTERM), as in every rollout, while the provider is asked and just after it has handed out
 * credentials. It ends by itself, has stored what arrived meanwhile, and has reported every use.
 */
final class Stops {
    private static final String PROVIDER = "stopped";
    private static final Timing TIMING = Timing.NO_LAPSE;
    private static final int AT_ONCE = 25;
    private static final int MOST_VOLLEYS = 12;
    /** In which it has long stopped to take requests. */
    private static final Duration BEFORE_THE_ANSWER = Duration.ofMillis(1_200);

    private static final int SIGTERM = 143;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String USES = """
            select coalesce(sum(coalesce((use->>'uses')::int, 1)), 0)
              from registry.connection_uses cross join lateral unnest(details) as use
             where type = 'used' and connection_id = any(?)""";
    private static final String OPEN =
            "select count(*) from oauth.refresh_attempts where connection_id = any(?) and state in ('leased', 'sent', 'answered')";

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Verdicts verdicts;
    private int uses;
    private int reported;
    private int unfinished;
    private int unorderly;

    Stops(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
        this.verdicts = new Verdicts(stock);
    }

    void prove() throws Exception {
        var broker = system.brokers(1, TIMING).getFirst();
        var rounds = proof.times(100, 5);
        var count = Math.min(AT_ONCE, rounds);
        for (int i = 0; i < MOST_VOLLEYS && verdicts.trials() < rounds; i++) {
            stop(broker, stock.expired(PROVIDER, count), stock.held(PROVIDER, count, Duration.ofHours(1)));
        }
        proof.figure("trials", verdicts.trials())
                .figure("served_what_had_arrived", verdicts.newest())
                .figure("redeemed_again", verdicts.redeemedAgain())
                .figure("not_published_before_the_end", unfinished)
                .figure("uses", uses)
                .figure("uses_reported", reported)
                .figure("unorderly_ends", unorderly)
                .figure("lost", verdicts.lost().size())
                .print();

        assertThat(verdicts.lost()).isEmpty();
        assertThat(verdicts.newest()).isEqualTo(verdicts.trials()).isGreaterThanOrEqualTo(rounds);
        assertThat(verdicts.redeemedAgain()).isZero();
        assertThat(unfinished).isZero();
        assertThat(reported).isEqualTo(uses).isGreaterThanOrEqualTo(rounds);
        assertThat(unorderly).isZero();
    }

    private void stop(Broker broker, List<Held> due, List<Held> good) throws Exception {
        var volley = new Volley(system, TIMING, PROVIDER, due).begin(broker);
        var handedOut = Callers.await(
                good.stream().map(held -> system.callers().ask(broker, held)).toList());
        uses += (int) handedOut.stream().filter(given -> given.status() == 200).count();
        broker.terminate();
        Thread.sleep(BEFORE_THE_ANSWER);
        volley.answer();
        unorderly += broker.end() == SIGTERM ? 0 : 1;
        reported += count(USES, good);
        unfinished += count(OPEN, volley.reached());
        broker.start().ready();
        verdicts.judge(
                new Settling(system.callers(), LONGEST).settle(broker, volley.reached()), Verdicts.Answer.ARRIVED);
    }

    private int count(String query, List<Held> connections) throws SQLException {
        try (var sql = system.sql();
                var count = sql.prepareStatement(query)) {
            count.setArray(
                    1,
                    sql.createArrayOf("uuid", connections.stream().map(Held::id).toArray(UUID[]::new)));
            var rows = count.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }
}
