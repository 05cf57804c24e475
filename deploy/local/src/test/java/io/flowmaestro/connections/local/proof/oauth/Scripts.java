package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Callbacks full of scripts, opened in a real browser: none of them runs, and the page's own does. */
final class Scripts {
    private static final String PROVIDER = "attacked-iss";
    private static final List<String> PARAMETERS =
            List.of("state", "code", "error", "error_description", "iss", "provider", "name");

    private final OAuthSystem system;
    private final Proof proof;
    private final Path folder;
    private final List<String> executed = new ArrayList<>();
    private int opened;
    private int silent;

    Scripts(OAuthSystem system, Proof proof, Path folder) {
        this.system = system;
        this.proof = proof;
        this.folder = folder;
    }

    void prove() throws Exception {
        var program = Chromium.program();
        if (Proof.isDemanded()) {
            assertThat(program)
                    .as("Chromium, for example apt-get install chromium")
                    .isPresent();
        }
        assumeThat(program).as("Chromium is not installed").isPresent();
        var flows = new Flows(system, system.brokers(1, Timing.PRODUCTION).getFirst());
        var noticed = 0;
        try (var browser = Chromium.start(program.orElseThrow(), folder, system.http())) {
            for (var payload : Payloads.RUNNING) {
                noticed += browser.open(system.provider().mirror(payload)) > 0 ? 1 : 0;
            }
            for (var parameter : PARAMETERS) {
                for (var payload : Payloads.ALL) {
                    open(browser, flows, parameter + " " + payload, scripted(flows, parameter, payload));
                }
            }
            var mutations = new Mutations(new Random(proof.random().nextLong()));
            for (int i = proof.times(500, 5); i > 0; i--) {
                var forged = mutations.of(
                        flows.begin(Account.ALICE, PROVIDER).callback(),
                        flows.begin(Account.BOB, PROVIDER).callback());
                open(browser, flows, forged.target(), forged);
            }
        }
        proof.figure("pages_opened", opened)
                .figure("scripts_executed", executed.size())
                .figure("pages_whose_own_script_did_not_run", silent)
                .figure("decoys", Payloads.RUNNING.size())
                .figure("decoys_noticed", noticed)
                .print();

        assertThat(executed).isEmpty();
        assertThat(noticed).isEqualTo(Payloads.RUNNING.size());
        assertThat(silent).isZero();
        assertThat(opened).isPositive();
    }

    private static Callback scripted(Flows flows, String parameter, String payload) throws Exception {
        if (parameter.equals("name")) {
            // This one is accepted, and its page shows what it was named.
            return flows.begin(Account.ALICE, PROVIDER, Map.of("name", payload)).callback();
        }
        var valid = flows.begin(Account.ALICE, PROVIDER).callback();
        return switch (parameter) {
            case "provider" -> valid.withProvider(payload.replaceAll("[/\\\\]", ""));
            case "error_description" -> valid.with("error", "server_error").with(parameter, payload);
            default -> valid.with(parameter, payload);
        };
    }

    private void open(Chromium browser, Flows flows, String what, Callback callback) throws Exception {
        if (callback.browser().isPresent()) {
            browser.cookie(flows.broker(), Flows.COOKIE, callback.browser().get());
        }
        opened++;
        if (browser.open(flows.broker() + callback.target()) > 0) {
            executed.add(what);
        }
        var isPage = browser.evaluate("document.contentType").equals("text/html");
        if (isPage
                && !browser.evaluate("document.querySelectorAll('script').length")
                        .equals("2")) {
            executed.add("another script element: " + what);
        }
        if (isPage && !browser.evaluate("window.connectionsPosted").startsWith("oauth_")) {
            silent++;
        }
    }
}
