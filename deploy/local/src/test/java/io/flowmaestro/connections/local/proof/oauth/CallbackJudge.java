package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.local.account.Account;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows what a page looks like, and how many flows came to their proper end. */
final class CallbackJudge {
    private final OAuthSystem system;
    private final Flows flows;
    private final List<String> providers;
    private final Set<List<String>> knownTags = new HashSet<>();
    private final AtomicInteger controls = new AtomicInteger();
    private final long exchangesBefore;
    private final long connectionsBefore;

    private CallbackJudge(OAuthSystem system, Flows flows, List<String> providers) throws SQLException {
        this.system = system;
        this.flows = flows;
        this.providers = providers;
        this.exchangesBefore = exchanges();
        this.connectionsBefore = connections();
    }

    /** Looks at the pages of a flow that succeeds and of one that is refused, with nothing foreign in them. */
    static CallbackJudge knowing(OAuthSystem system, Flows flows, List<String> providers) throws Exception {
        var judge = new CallbackJudge(system, flows, providers);
        var valid = flows.begin(Account.ALICE, providers.getFirst()).callback();
        judge.knownTags.add(flows.send(valid.with("state", "none")).tags());
        judge.knownTags.add(flows.send(valid).tags());
        judge.controls.incrementAndGet();
        return judge;
    }

    /** A flow that must succeed, so that refusing everything is no way to pass. Gives its callback. */
    Callback control(Account account, String provider) throws Exception {
        var callback = flows.begin(account, provider).callback();
        var answer = flows.send(callback);
        if (answer.status() != 200) {
            throw new AssertionError("a proper callback was answered " + answer.status() + ": " + answer.body());
        }
        controls.incrementAndGet();
        return callback;
    }

    int controls() {
        return controls.get();
    }

    List<String> defects(CallbackAnswer answer) {
        var defects = new ArrayList<>(answer.defects());
        if (answer.isPage() && !knownTags.contains(answer.tags())) {
            defects.add("has other tags than the template: " + answer.tags());
        }
        if (answer.status() >= 500) {
            defects.add("status " + answer.status());
        }
        return defects;
    }

    /** Codes that were exchanged, beyond those of proper flows. */
    long exchangesUnasked() {
        return exchanges() - exchangesBefore - controls.get();
    }

    long connectionsUnasked() throws SQLException {
        return connections() - connectionsBefore - controls.get();
    }

    private long exchanges() {
        return providers.stream()
                .mapToLong(key -> system.provider().script(key).exchanges.sum())
                .sum();
    }

    private long connections() throws SQLException {
        try (var sql = system.sql();
                var query = sql.prepareStatement("select count(*) from registry.connections where provider = any(?)")) {
            query.setArray(1, sql.createArrayOf("text", providers.toArray()));
            var rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }
}
