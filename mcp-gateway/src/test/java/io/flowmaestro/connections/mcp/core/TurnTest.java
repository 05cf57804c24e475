package io.flowmaestro.connections.mcp.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final List<String> heard = new ArrayList<>();

    private final Listener listener = new Listener() {
        @Override
        public void notified(String method, ObjectNode params) {
            heard.add(method + " " + params);
        }
    };

    private static ObjectNode json(String json) {
        return (ObjectNode) McpJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Incoming.Request request(String method) {
        return new Incoming.Request(McpJson.object().put("id", "p-1").get("id"), method, McpJson.object());
    }

    private static Incoming.Notification progress(String params) {
        return new Incoming.Notification("notifications/progress", json(params));
    }

    private static String reply(Turn turn, String method) {
        return turn.asked(request(method)).await().indefinitely().toString();
    }

    @Nested
    class Progress {
        private final Turn turn =
                new Turn(7, new Call("tools/call", json("{\"_meta\":{\"progressToken\":\"mine\"}}"), listener));

        @Test
        void isAskedForUnderTheIdOfTheCall() {
            assertThat(turn.message().at("/params/_meta/progressToken").longValue())
                    .isEqualTo(7);
            assertThat(turn.call().params().at("/_meta/progressToken").textValue())
                    .isEqualTo("mine");
        }

        @Test
        void comesUnderTheCallersOwnToken() {
            turn.notified(progress("{\"progressToken\":7,\"progress\":0.50}"));

            assertThat(heard).containsExactly("notifications/progress {\"progressToken\":\"mine\",\"progress\":0.50}");
        }

        @Test
        void ofAnotherCallIsNotHeard() {
            turn.notified(progress("{\"progressToken\":8}"));
            turn.notified(progress("{\"progressToken\":\"mine\"}"));
            new Turn(7, new Call("tools/call", json("{}"), listener)).notified(progress("{\"progressToken\":7}"));

            assertThat(heard).isEmpty();
        }
    }

    @Nested
    class Questions {
        private final Turn quiet = new Turn(1, Call.of("tools/call", json("{}")));

        @Test
        void aboutLifeAreAnsweredAndAllOthersRefusedByDefault() {
            assertThat(reply(quiet, "ping")).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p-1\",\"result\":{}}");
            assertThat(reply(quiet, "sampling/createMessage")).contains("\"id\":\"p-1\"", "-32601");
        }

        @Test
        void areRefusedOnceThereWereTooMany() {
            for (int asked = 0; asked < 16; asked++) {
                assertThat(reply(quiet, "ping")).contains("result");
            }

            assertThat(reply(quiet, "ping")).contains("-32601");
        }

        @Test
        void thatTheListenerCannotAnswerAreInternalErrors() {
            var failing = new Listener() {
                @Override
                public Uni<Reply> asked(String method, ObjectNode params) {
                    throw new IllegalStateException("secret");
                }
            };

            assertThat(reply(new Turn(1, new Call("tools/call", json("{}"), failing)), "roots/list"))
                    .contains("-32603")
                    .doesNotContain("secret");
        }
    }

    @Test
    void tellsTheServerWhichRequestNobodyWaitsForAnyMore() {
        assertThat(new Turn(9, Call.of("tools/call", json("{}"))).cancellation().toString())
                .contains("\"method\":\"notifications/cancelled\"", "\"requestId\":9");
    }
}
