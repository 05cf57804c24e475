package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Its owner renames a connection, and a test leaves its stamp, while the connection is refreshed. */
final class Changes {
    private static final Timing TIMING = Timing.NO_LAPSE;
    private static final String PROVIDER = "changes";
    /** As many as are renamed in the time that a token request may take. */
    private static final int AT_ONCE = 20;

    private static final int MOST_VOLLEYS = 20;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String STAMP = """
            update registry.connections
               set last_tested_at = now(), last_test_attempt_at = now(), test_silences = 0,
                   last_test = '{"success": true, "outcome": "passed", "message": "of the proof"}'
             where id = '%s'""";

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Verdicts verdicts;
    private int unchanged;

    Changes(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
        this.verdicts = new Verdicts(stock);
    }

    void prove() throws Exception {
        var broker = system.brokers(1, TIMING).getFirst();
        var token = system.userToken(Account.ALICE);
        var rounds = proof.times(100, 5);
        for (int i = 0; i < MOST_VOLLEYS && verdicts.trials() < rounds; i++) {
            change(broker, token, stock.expiredOf(Account.ALICE, PROVIDER, Math.min(AT_ONCE, rounds)));
        }
        proof.figure("trials", verdicts.trials())
                .figure("changes_undone", unchanged)
                .figure("serve_new_tokens", verdicts.newest())
                .figure("redeemed_again", verdicts.redeemedAgain())
                .figure("lost", verdicts.lost().size())
                .print();

        assertThat(verdicts.lost()).isEmpty();
        assertThat(unchanged).isZero();
        assertThat(verdicts.newest()).isEqualTo(verdicts.trials()).isGreaterThanOrEqualTo(rounds);
    }

    /** Once while the provider is asked, and once more while the new tokens are on their way to the registry. */
    private void change(Broker broker, String token, List<Held> connections) throws Exception {
        var volley = new Volley(system, TIMING, PROVIDER, connections).begin(broker);
        for (var held : volley.reached()) {
            rename(token, held, "while the provider is asked");
            system.execute(STAMP.formatted(held.id()));
        }
        broker.registry().holdRequests(Passing.PUBLICATION);
        volley.answer();
        var publishing = broker.registry().requests.awaitHeld(volley.reached().size(), Duration.ofSeconds(3));
        var those = volley.reached().stream()
                .filter(held -> publishing.contains(held.id().toString()))
                .toList();
        for (var held : those) {
            rename(token, held, "while the tokens are published");
            system.execute(STAMP.formatted(held.id()));
        }
        broker.registry().requests.letGo();
        broker.open();
        verdicts.judge(new Settling(system.callers(), LONGEST).settle(broker, those), Verdicts.Answer.ARRIVED);
        for (var held : those) {
            unchanged += stock.row(held).name().equals("while the tokens are published") ? 0 : 1;
        }
    }

    private void rename(String token, Held held, String name) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(system.registry().resolve("/api/connections/" + held.id()))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(new JsonObject().put("name", name).encode()))
                .build();
        var answer = system.http().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
