package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.proof.Proof;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Callbacks that must not be accepted, each beside one that is: the known attacks, one by one. */
final class Attacks {
    private static final String PROVIDER = "attacked";
    private static final String STRICT = "attacked-iss";

    private final OAuthSystem system;
    private final Proof proof;
    private final List<String> accepted = new ArrayList<>();
    private final List<String> defects = new ArrayList<>();
    private Flows flows;
    private CallbackJudge judge;
    private int tried;

    Attacks(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
    }

    private interface Attack {
        Callback on(Flows.Begun begun) throws Exception;
    }

    void prove() throws Exception {
        flows = new Flows(system, system.brokers(1, Timing.PRODUCTION).getFirst());
        judge = CallbackJudge.knowing(system, flows, List.of(PROVIDER, STRICT, "attacked-other"));
        var times = proof.times(10, 1);
        for (var entry : attacks().entrySet()) {
            for (int i = 0; i < times; i++) {
                attack(entry.getKey(), entry.getValue());
            }
        }
        for (var payload : Payloads.ALL) {
            for (var parameter :
                    List.of("state", "code", "error", "error_description", "iss", "error_uri", "provider")) {
                attack(parameter + " " + payload, begun -> scripted(begun.callback(), parameter, payload));
            }
        }
        replays(times);
        proof.figure("attacks", tried)
                .figure("accepted", accepted.size())
                .figure("token_requests_by_them", judge.exchangesUnasked())
                .figure("connections_by_them", judge.connectionsUnasked())
                .figure("controls_accepted", judge.controls())
                .figure("pages_with_defects", defects.size())
                .print();

        assertThat(accepted).isEmpty();
        assertThat(defects).isEmpty();
        assertThat(judge.exchangesUnasked()).isZero();
        assertThat(judge.connectionsUnasked()).isZero();
    }

    private Map<String, Attack> attacks() {
        Map<String, Attack> attacks = new LinkedHashMap<>();
        attacks.put("no cookie", begun -> begun.callback().withBrowser(Optional.empty()));
        attacks.put(
                "another browser",
                begun -> begun.callback()
                        .withBrowser(
                                flows.begin(Account.ALICE, PROVIDER).callback().browser()));
        attacks.put(
                "another user's flow in this browser",
                begun -> begun.callback()
                        .with(
                                "state",
                                flows.begin(Account.BOB, PROVIDER).callback().value("state")));
        attacks.put(
                "another user's browser",
                begun -> begun.callback()
                        .withBrowser(
                                flows.begin(Account.BOB, PROVIDER).callback().browser()));
        attacks.put("another provider's address", begun -> begun.callback().withProvider("attacked-other"));
        attacks.put(
                "another provider's address and issuer",
                begun -> begun.callback()
                        .withProvider("attacked-other")
                        .with("iss", system.provider().url("attacked-other")));
        attacks.put("a foreign issuer", begun -> begun.callback().with("iss", "https://issuer.example"));
        attacks.put(
                "the issuer with a slash",
                begun -> begun.callback().with("iss", system.provider().url(PROVIDER) + "/"));
        attacks.put(
                "another provider's issuer",
                begun -> begun.callback().with("iss", system.provider().url(STRICT)));
        attacks.put(
                "no issuer where it is always named",
                _ -> flows.begin(Account.ALICE, STRICT).callback().without("iss"));
        attacks.put("two issuers where it is always named", _ -> {
            var strict = flows.begin(Account.ALICE, STRICT).callback();
            return strict.adding("iss", strict.value("iss"));
        });
        attacks.put("no code", begun -> begun.callback().without("code"));
        attacks.put("two codes", begun -> begun.callback().adding("code", "another"));
        attacks.put(
                "two states",
                begun -> begun.callback().adding("state", begun.callback().value("state")));
        attacks.put("a code and an error", begun -> begun.callback().adding("error", "access_denied"));
        attacks.put("no state", begun -> begun.callback().without("state"));
        attacks.put("expired", begun -> {
            system.execute(
                    "update oauth.flows set expires_at = now() - interval '1 s' where id = '" + begun.flow() + "'");
            return begun.callback();
        });
        attacks.put("a changed redirect URI", begun -> {
            system.execute(
                    "update oauth.flows set redirect_uri = 'http://localhost:1/api/oauth/attacked/callback' where id = '"
                            + begun.flow() + "'");
            return begun.callback();
        });
        return attacks;
    }

    private static Callback scripted(Callback callback, String parameter, String payload) {
        return switch (parameter) {
            case "provider" -> callback.withProvider(payload.replaceAll("[/\\\\]", ""));
            case "code" -> callback.with("code", payload).adding("error", payload);
            case "error_description", "error_uri" ->
                callback.with("error", "server_error").with(parameter, payload);
            default -> callback.with(parameter, payload);
        };
    }

    private void attack(String name, Attack attack) throws Exception {
        send(name, attack.on(flows.begin(Account.ALICE, PROVIDER)));
        judge.control(Account.ALICE, PROVIDER);
    }

    /** The same callback again, after it was accepted and after it was refused. */
    private void replays(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            send("replayed after success", judge.control(Account.ALICE, PROVIDER));
            var begun = flows.begin(Account.ALICE, PROVIDER).callback();
            send("denied first", begun.without("code").adding("error", "access_denied"));
            send("replayed after a refusal", begun);
        }
    }

    private void send(String name, Callback callback) throws Exception {
        tried++;
        var answer = flows.send(callback);
        if (answer.isAccepted()) {
            accepted.add(name);
        }
        judge.defects(answer).forEach(defect -> defects.add(name + ": " + defect));
    }
}
