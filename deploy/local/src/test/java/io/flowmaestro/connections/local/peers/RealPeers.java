package io.flowmaestro.connections.local.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The gateway between other people's servers and other people's clients. */
public final class RealPeers implements AutoCloseable {
    private final Alice alice;
    private final Path folder;

    /** Of the suite that runs with this data folder and from this port on. */
    public RealPeers(Path home, int port, Path folder) {
        this.alice = new Alice(home, port);
        this.folder = folder;
    }

    /** Each server is discovered, connected, and a tool of it called for a worker. */
    public void servers() throws Exception {
        var proof = Proof.of("mcp.servers");
        var faults = new ArrayList<String>();
        var peers =
                Proof.isDemanded() ? List.of(Peer.values()) : List.of(Peer.MEMORY_IN_EITHER_ERA, Peer.OVER_A_WEBSOCKET);
        var revisions = new ArrayList<String>();
        for (var peer : peers) {
            try (var running = RunningPeer.start(peer, folder)) {
                var endpoint = connected(peer, running);
                if (!peer.wantsALogin()) {
                    var revision = alice.discovered(running.url()).getString("protocol_version");
                    revisions.add(peer + " " + revision);
                    if (!peer.revision.equals(revision)) {
                        faults.add(peer + " was spoken to in " + revision);
                    }
                }
                var text = alice.called(endpoint, peer.tool, peer.parameters);
                if (!text.contains(peer.expected)) {
                    faults.add(peer + " answered " + text);
                }
            } catch (AssertionError failure) {
                faults.add(peer + ": " + failure.getMessage());
            }
        }
        proof.figure("servers", peers.size())
                .figure("revisions", revisions)
                .figure("faults", faults.size())
                .print();
        assertThat(faults).isEmpty();
    }

    private URI connected(Peer peer, RunningPeer running) throws Exception {
        return peer.wantsALogin() ? alice.logIn(running.url()) : alice.connect(running.url());
    }

    /** Each client at the endpoint of one connection, and at that of all, with servers of either era behind it. */
    public void clients() throws Exception {
        var proof = Proof.of("mcp.clients");
        var faults = new ArrayList<String>();
        int runs = 0;
        try (var sessions = RunningPeer.start(Peer.EVERYTHING, folder);
                var stateless = RunningPeer.start(Peer.SDK_STATELESS, folder)) {
            var clients = new Clients(alice.token());
            var arguments = new JsonObject().put("message", "hello");
            for (var endpoint : List.of(alice.connect(sessions.url()), alice.connect(stateless.url()))) {
                for (var kind : Proof.isDemanded() ? Clients.SDK : List.of("1", "2-stateless")) {
                    runs++;
                    judge(kind, endpoint, clients.sdk(kind, endpoint, "echo", arguments), faults);
                }
                if (Proof.isDemanded()) {
                    runs++;
                    judge("inspector", endpoint, clients.inspector(endpoint, "echo", arguments), faults);
                }
            }
            var all = alice.suite().resolve("/mcp");
            for (var kind : Proof.isDemanded() ? Clients.SDK : List.of("2-stateless")) {
                runs++;
                judge(kind, all, clients.sdk(kind, all, "echo", arguments), faults);
            }
        }
        proof.figure("runs", runs).figure("faults", faults.size()).print();
        assertThat(faults).isEmpty();
    }

    private static void judge(String kind, URI endpoint, Clients.Found found, List<String> faults) {
        if (found.tools().stream().noneMatch(tool -> tool.endsWith("echo"))
                || !found.text().equals("Echo: hello")) {
            faults.add(kind + " at " + endpoint + " found " + found);
        }
    }

    @Override
    public void close() {
        alice.close();
    }
}
