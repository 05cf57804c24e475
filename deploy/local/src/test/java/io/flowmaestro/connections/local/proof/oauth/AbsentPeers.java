package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.time.Duration;

/** The registry or the vault goes away when the provider is about to answer. Every second time the broker is killed as well. */
final class AbsentPeers {
    private static final String PROVIDER = "away";
    private static final Timing TIMING = Timing.SHORT;
    private static final int AT_ONCE = 25;
    private static final int MOST_VOLLEYS = 15;
    private static final long AWAY_MILLIS = 1_500;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Verdicts withoutRegistry;
    private final Verdicts withoutVault;
    private int volleys;

    AbsentPeers(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
        this.withoutRegistry = new Verdicts(stock);
        this.withoutVault = new Verdicts(stock);
    }

    void prove() throws Exception {
        var brokers = system.brokers(2, TIMING);
        var owner = brokers.getFirst();
        var other = brokers.getLast();
        var rounds = proof.times(100, 4);
        var each = Math.min(AT_ONCE, rounds / 2);
        while (volleys < 2
                || volleys < MOST_VOLLEYS && (withoutRegistry.trials() < rounds || withoutVault.trials() < rounds)) {
            part(owner, other, owner.registry(), withoutRegistry, each);
            part(owner, other, owner.vault(), withoutVault, each);
            volleys++;
        }
        proof.figure("trials", withoutRegistry.trials() + withoutVault.trials())
                .figure("served_what_had_arrived", withoutRegistry.newest() + withoutVault.newest())
                .figure("redeemed_again", withoutRegistry.redeemedAgain() + withoutVault.redeemedAgain())
                .figure("lost_without_registry", withoutRegistry.lost().size())
                .figure("lost_without_vault", withoutVault.lost().size())
                .print();

        assertThat(withoutRegistry.lost()).isEmpty();
        assertThat(withoutVault.lost()).isEmpty();
        assertThat(withoutRegistry.newest()).isEqualTo(withoutRegistry.trials()).isGreaterThanOrEqualTo(rounds);
        assertThat(withoutVault.newest()).isEqualTo(withoutVault.trials()).isGreaterThanOrEqualTo(rounds);
    }

    private void part(Broker owner, Broker other, Relay peer, Verdicts verdicts, int count) throws Exception {
        var volley = new Volley(system, TIMING, PROVIDER, stock.expired(PROVIDER, count)).begin(owner);
        peer.lose(Passing.ANYTHING);
        volley.answer();
        Thread.sleep(AWAY_MILLIS);
        if (volleys % 2 == 1) {
            owner.kill();
            owner.start().ready();
        }
        owner.open();
        var heir = volleys % 4 < 2 ? owner : other;
        verdicts.judge(new Settling(system.callers(), LONGEST).settle(heir, volley.reached()), Verdicts.Answer.ARRIVED);
    }
}
