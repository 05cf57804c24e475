package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Its owner revokes a connection while its provider is asked for new tokens. These are nobody's then, and have to end as well. */
final class GivenUp {
    private static final String PROVIDER = "given-up";
    private static final Timing TIMING = Timing.NO_LAPSE;
    private static final int AT_ONCE = 20;
    private static final int MOST_VOLLEYS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private int trials;
    private int served;
    private int alive;
    private int otherwise;

    GivenUp(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
    }

    void prove() throws Exception {
        var broker = system.brokers(1, TIMING).getFirst();
        var token = system.userToken(Account.ALICE);
        var rounds = proof.times(100, 5);
        for (int i = 0; i < MOST_VOLLEYS && trials < rounds; i++) {
            giveUp(broker, token, stock.expiredOf(Account.ALICE, PROVIDER, Math.min(AT_ONCE, rounds)));
        }
        proof.figure("trials", trials)
                .figure("served_all_the_same", served)
                .figure("new_tokens_left_alive", alive)
                .figure("not_revoked_in_the_end", otherwise)
                .print();

        assertThat(trials).isGreaterThanOrEqualTo(rounds);
        assertThat(served).isZero();
        assertThat(alive).isZero();
        assertThat(otherwise).isZero();
    }

    private void giveUp(Broker broker, String token, List<Held> connections) throws Exception {
        var volley = new Volley(system, TIMING, PROVIDER, connections).begin(broker);
        for (var held : volley.reached()) {
            revoke(broker, token, held);
        }
        volley.answer();
        served += (int)
                volley.given().stream().filter(given -> given.status() == 200).count();
        for (var held : volley.reached()) {
            trials++;
            alive += isTakenBack(held) ? 0 : 1;
            otherwise += stock.row(held).status().equals("revoked") ? 0 : 1;
        }
    }

    /** Of the tokens that arrived after the end: asking for the end of the former ones alone would not do. */
    private static boolean isTakenBack(Held held) throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < deadline) {
            var newest = held.family().newest();
            if (held.family().isTakenBack(newest.refreshToken())
                    || held.family().isTakenBack(newest.accessToken())) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private void revoke(Broker broker, String token, Held held) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + broker.port() + "/api/oauth/" + PROVIDER + "/revoke/" + held.id()))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = system.http().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
