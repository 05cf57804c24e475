package io.flowmaestro.connections.local.demo;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.account.Tokens;
import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/** Runs the slices against a suite that is up, and takes away what they made. */
public final class Demo {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final List<Slice> SLICES = List.of(new ApiKeySlice(), new McpSlice(), new OAuthSlice());

    private final RunningSuite suite;
    private final PrintStream out;
    private final Transcript transcript;

    public Demo(RunningSuite suite, PrintStream out) {
        this.suite = suite;
        this.out = out;
        this.transcript = new Transcript(out);
    }

    /** Refuses, with the step and the reason, at the first step that does not give what it should. */
    public void run() {
        out.println("Connections at " + suite.ports().publicUrl() + ": the main job, through the front door.");
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            run(new Api(suite.ports().publicUrl(), client));
        } catch (StepFailed failure) {
            throw new Refusal("The demo failed at " + transcript.underWay() + ": " + failure.getMessage());
        }
        out.println();
        out.println("All steps gave what they should.");
    }

    private void run(Api api) {
        Stage stage = stage(api);
        try {
            for (Slice slice : SLICES) {
                transcript.slice(slice.title());
                slice.run(stage);
            }
        } finally {
            tidy(stage.connections());
        }
    }

    private Stage stage(Api api) {
        Tokens tokens = new Tokens(
                suite.ports().issuer(),
                suite.ports().publicUrl(),
                suite.installation().secrets());
        Caller alice = Caller.of("alice", tokens.of(Account.ALICE));
        return new Stage(
                suite,
                transcript,
                api,
                alice,
                Caller.of("bob", tokens.of(Account.BOB)),
                Caller.of("a worker", tokens.of(Account.WORKER)),
                new AlicesConnections(api, alice),
                new DatabaseView(
                        suite.databaseUrl(),
                        EmbeddedPostgres.SUPERUSER,
                        suite.installation().secrets().superuserPassword()));
    }

    /** Must not hide why a step failed, so what cannot be deleted is only told. */
    private void tidy(AlicesConnections connections) {
        out.println();
        try {
            out.println("Deleted the " + connections.deleteAll() + " connections that this made.");
        } catch (StepFailed unreachable) {
            out.println("The connections that this made could not be deleted: " + unreachable.getMessage());
        }
        connections.left().forEach(id -> out.println("Left behind: connection " + id));
    }
}
