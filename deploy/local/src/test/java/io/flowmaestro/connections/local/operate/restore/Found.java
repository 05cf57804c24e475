package io.flowmaestro.connections.local.operate.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What users, workers and operators find in the suite that came back from the earlier dump and the ledger.
 *
 * @param keys that the worker was given, of those that alice had stored
 * @param rotated what is said of a connection whose refresh token was rotated after the dump
 * @param keysOfErased the same of bob's
 */
record Found(
        int listed,
        int keys,
        boolean refreshed,
        boolean toolCalled,
        String rotated,
        int keysOfErased,
        int openedOfErased,
        boolean auditIntact) {
    private static final JsonObject NOTHING = new JsonObject();
    private static final JsonObject EVERYTHING = new JsonObject().put("checkpoints", new JsonArray());

    static Found in(WholeSuite suite, LostSuite lost) throws Exception {
        var callers = suite.callers();
        var worker = callers.client("worker");
        int broker = suite.port(WholeSuite.BROKER);
        int vault = suite.port(WholeSuite.VAULT);
        var alice = lost.alice();
        var list = callers.user(Account.ALICE)
                .success(suite.port(WholeSuite.REGISTRY), "GET", "/api/connections?limit=100", NOTHING);
        return new Found(
                new JsonObject(list.body()).getJsonArray("data").size(),
                alice.keysHandedOut(worker, broker),
                alice.isRefreshed(alice.granted(), worker, broker),
                alice.callsTheTool(worker, suite.port(WholeSuite.GATEWAY)),
                alice.refusal(alice.rotated().id(), worker, broker),
                lost.bob().keysHandedOut(worker, broker),
                Kept.opened(lost.copiedFromBob(), callers, vault),
                callers.operator()
                        .data(vault, "POST", "/internal/audit/verify", EVERYTHING)
                        .getBoolean("intact"));
    }

    Proof show(Proof proof) {
        return proof.figure("connections_listed", listed)
                .figure("keys_handed_out", keys)
                .figure("refreshed_once", refreshed)
                .figure("tool_called", toolCalled)
                .figure("rotated_since_the_dump", rotated)
                .figure("handed_out_of_the_erased", keysOfErased)
                .figure("opened_of_the_erased", openedOfErased)
                .figure("audit_intact", auditIntact);
    }

    /** Everything of alice's works, but for the token that somebody else redeemed; nothing of bob's does. */
    void check(Belongings alice) {
        assertThat(this)
                .isEqualTo(new Found(
                        alice.connections(), alice.keys().size(), true, true, "409 connection-not-active", 0, 0, true));
    }
}
