package io.flowmaestro.connections.local.proof.mcp;

import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gateway promises of MCP servers that it cannot trust, shown on the real thing. */
class McpProofIT {
    @TempDir
    static Path folder;

    private static McpSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = McpSystem.start(folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    void everyAuthTypePutsItsHeaderOnTheWireAndNowhereElse() throws Exception {
        new AuthTypes(system, Proof.of("mcp.auth-types")).prove();
    }

    @Test
    void aHostileServerIsAnsweredInTimeAndSlowsNoOther() throws Exception {
        new Hostility(system, Proof.of("mcp.hostility")).prove();
    }

    @Test
    void noRequestWithAnythingWrongInItBecomesAnErrorOfOurs() throws Exception {
        new ClientFuzz(system, Proof.of("mcp.client-fuzz")).prove();
    }

    @Test
    void noAnswerWithAnythingWrongInItBecomesAnErrorOfOurs() throws Exception {
        new Fuzz(system, Proof.of("mcp.fuzz")).prove();
    }
}
