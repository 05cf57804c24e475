package io.flowmaestro.connections.mcp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import org.junit.jupiter.api.Test;

class ServerFactsTest {

    private static ObjectNode result(int capabilities, int instructions) {
        var result = McpJson.object().put("instructions", "x".repeat(instructions));
        var all = result.putObject("capabilities");
        for (int i = 0; i < capabilities; i++) {
            all.putObject("a" + i);
        }
        return result;
    }

    private static ServerFacts facts(ObjectNode result) {
        return ServerFacts.of("2025-11-25", McpJson.object().put("name", "s"), result);
    }

    @Test
    void areThoseThatAServerMayWellHave() {
        var facts = facts(result(500, 20_000));
        assertThat(facts.capabilities()).hasSize(500);
        assertThat(facts.instructions()).hasSize(20_000);
    }

    @Test
    void leaveOutIconsThatArePictures() {
        var info = McpJson.object().put("name", "s");
        info.putArray("icons").addObject().put("src", "data:image/png;base64," + "A".repeat(50_000));
        assertThat(ServerFacts.of("2025-11-25", info, result(1, 0)).info())
                .isEqualTo(McpJson.object().put("name", "s"));
    }

    @Test
    void leaveOutInstructionsThatAreTooLong() {
        assertThat(facts(result(1, 100_000)).instructions()).isNull();
    }

    /** They are kept with each session, and a tree of a few bytes takes many times that. */
    @Test
    void areRefusedWhenTheyAreMoreThanIsKept() {
        assertThatThrownBy(() -> facts(result(5_000, 0)))
                .isInstanceOfSatisfying(
                        McpFailure.class,
                        failure -> assertThat(failure.reason())
                                .isEqualTo(new Reason.Protocol("what it says of itself is larger than allowed")));
    }
}
