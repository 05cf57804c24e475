package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.peers.Conformance;
import io.flowmaestro.connections.local.peers.Era;
import io.flowmaestro.connections.local.peers.RealPeers;
import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The MCP gateway among other people's programs: the protocol's conformance suite, servers and clients. The short round takes a few of each. */
class McpPeersProofIT {
    /** The only one that the scenario of client metadata documents takes for one; its authorization server does not fetch it. */
    private static final String CLIENT_METADATA = "https://conformance-test.local/client-metadata.json";

    @TempDir
    static Path folder;

    private static SuiteUnderTest suite;
    private static Conformance conformance;
    private static RealPeers peers;

    @BeforeAll
    static void up() throws Exception {
        suite = new SuiteUnderTest(folder, Map.of("MCP_CLIENT_METADATA_URL", CLIENT_METADATA));
        var up = suite.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
        conformance = new Conformance(suite.home(), suite.port(), folder.resolve("conformance"));
        peers = new RealPeers(suite.home(), suite.port(), folder.resolve("peers"));
    }

    @AfterAll
    static void down() throws Exception {
        if (conformance != null) {
            conformance.close();
            peers.close();
        }
        assertThat(suite.run("down").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, SESSIONS, tools-call-elicitation dns-rebinding-protection",
        "2025-11-25, STATELESS, tools-call-sampling",
        "2026-07-28, STATELESS, server-stateless input-required-result-multi-round",
        "2026-07-28, SESSIONS, input-required-result-basic-elicitation",
    })
    void isAConformantServerBeforeServersOfEitherEra(String revision, Era fixture, String some) throws Exception {
        conformance.server(revision, fixture, selection(some));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25, SESSIONS, elicitation-sep1034-client-defaults sse-retry",
        "2025-11-25, STATELESS, tools_call",
        "2026-07-28, STATELESS, request-metadata http-custom-headers",
        "2026-07-28, SESSIONS, sep-2322-client-request-state",
    })
    void isAConformantClientForUsersOfEitherEra(String revision, Era user, String some) throws Exception {
        conformance.client(revision, user, selection(some));
    }

    @Test
    void reachesRealServersOfEveryTransport() throws Exception {
        peers.servers();
    }

    @Test
    void isReachedByRealClientsOfEitherEra() throws Exception {
        peers.clients();
    }

    /** None stands for all. */
    private static List<String> selection(String some) {
        return Proof.isDemanded() ? List.of() : List.of(some.split(" "));
    }
}
