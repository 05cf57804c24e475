package io.flowmaestro.connections.local.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.peers.Referee.Findings;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The conformance suite against the MCP gateway of a running suite, from both sides. */
public final class Conformance implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Alice alice;
    private final Path folder;

    /**
     * Of the suite that runs with this data folder and from this port on.
     *
     * @param folder for what the conformance suite writes
     */
    public Conformance(Path home, int port, Path folder) {
        this.alice = new Alice(home, port);
        this.folder = folder;
    }

    /** The gateway is the server: scenarios of {@code revision} at its endpoint, before a fixture server of either era. */
    public void server(String revision, Era fixture, List<String> selection) throws Exception {
        try (var upstream = FixtureServer.start(fixture);
                var proxy = new BearerProxy(vertx, alice.connect(upstream.url()), alice.token())) {
            var referee = new Referee(folder.resolve("server-" + revision + "-" + fixture.word()), Map.of());
            judge(Side.SERVER, revision, fixture, selection, referee, List.of("--url", proxy.url()));
        }
    }

    /** The gateway is the client: scenarios of {@code revision} as its upstream, used through its endpoint in either era. */
    public void client(String revision, Era user, List<String> selection) throws Exception {
        var environment = Map.of(
                "CONNECTIONS_URL",
                alice.suite().toString(),
                "CONNECTIONS_TOKEN",
                alice.token(),
                "ERA",
                user == Era.of(revision) ? "same" : "other");
        var referee = new Referee(folder.resolve("client-" + revision + "-" + user.word()), environment);
        var driver = ProofParts.node() + " " + ProofParts.script("conformance-client.mjs");
        judge(Side.CLIENT, revision, user, selection, referee, List.of("--command", driver));
    }

    private void judge(
            Side side, String revision, Era era, List<String> selection, Referee referee, List<String> subject)
            throws IOException, InterruptedException {
        var baseline = Baseline.of(side, revision, era);
        var proof = Proof.of("mcp.conformance-" + side.word());
        var all = new ArrayList<Findings>();
        if (selection.isEmpty()) {
            all.add(referee.judge(side, subject, revision, baseline.file()));
        }
        for (var scenario : selection) {
            all.add(referee.judge(side, subject, revision, baseline.file(), scenario));
        }
        var found = all.stream()
                .flatMap(findings -> findings.verdicts().stream())
                .collect(Collectors.toMap(Verdict::scenario, verdict -> verdict));
        var required = Requirements.of(revision).scored().get(side);
        var scored = required.stream()
                .filter(scenario -> selection.isEmpty() || selection.contains(scenario))
                .toList();
        var passed = scored.stream().filter(scenario -> holds(found, scenario)).toList();
        proof.figure("revision", revision)
                .figure(side == Side.SERVER ? "fixture" : "user", era.word())
                .figure("scenarios", found.size())
                .figure("scored", scored.size())
                .figure("passed", passed.size())
                .figure("exceptions", baseline.exceptions().size())
                .figure("others_passed", othersPassed(found, required))
                .print();
        var complaints = scored.stream()
                .filter(scenario ->
                        !holds(found, scenario) && !baseline.exceptions().contains(scenario))
                .map(scenario -> scenario + ": "
                        + (found.containsKey(scenario) ? found.get(scenario).complaints() : "not run"))
                .toList();
        assertThat(complaints).as("what the conformance suite complains of").isEmpty();
        assertThat(all)
                .allSatisfy(findings -> assertThat(findings.accepts())
                        .as("the conformance suite's own verdict, in %s", findings.log())
                        .isTrue());
    }

    private static boolean holds(Map<String, Verdict> found, String scenario) {
        return found.containsKey(scenario) && found.get(scenario).holds();
    }

    private static long othersPassed(Map<String, Verdict> found, List<String> required) {
        return found.values().stream()
                .filter(verdict -> !Set.copyOf(required).contains(verdict.scenario()) && verdict.holds())
                .count();
    }

    @Override
    public void close() {
        alice.close();
        vertx.close();
    }
}
