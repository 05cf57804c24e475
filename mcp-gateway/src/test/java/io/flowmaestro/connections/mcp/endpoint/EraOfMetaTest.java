package io.flowmaestro.connections.mcp.endpoint;

import static io.flowmaestro.connections.mcp.endpoint.Client.echo;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.FakeEventServer;
import io.flowmaestro.connections.mcp.testing.StatelessScripts;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Keys of {@code _meta} that belong to a revision go to servers of that revision alone; all others go to any. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class EraOfMetaTest extends SessionCase {

    private static final String PREFIX = "io.modelcontextprotocol/";

    private static JsonObject described() {
        return echo().put(
                        "_meta",
                        new JsonObject()
                                .put(PREFIX + "logLevel", "debug")
                                .put(PREFIX + "related-task", new JsonObject().put("taskId", "1"))
                                .put("traceparent", "00-1-2-01"));
    }

    private static JsonObject kept() {
        return new JsonObject()
                .put(PREFIX + "related-task", new JsonObject().put("taskId", "1"))
                .put("traceparent", "00-1-2-01");
    }

    private JsonObject sent() {
        return server.last("tools/call").message().getJsonObject("params");
    }

    @Test
    void staysWithTheClientWhereTheServerIsOfSessions() {
        client().modern("tools/call", described(), new JsonObject());
        assertThat(sent().getJsonObject("_meta")).isEqualTo(kept());

        client().modern("tools/call", echo(), new JsonObject());
        assertThat(sent()).isEqualTo(echo());

        inSession().request("tools/call", echo());
        assertThat(sent()).isEqualTo(echo());
    }

    @Test
    void staysWithTheClientWhereTheServerIsOfEventStreams() {
        try (var old = new FakeEventServer()) {
            var id = StoredMcp.of(alice, new JsonObject().put("server_url", old.url())).id;

            client(id, alice).modern("tools/call", described(), new JsonObject());

            var call = old.seen.stream()
                    .filter(one -> one.rpc().equals("tools/call"))
                    .findFirst()
                    .orElseThrow();
            assertThat(call.message().getJsonObject("params").getJsonObject("_meta"))
                    .isEqualTo(kept());
        }
    }

    @Test
    void goesToAServerOfTheSameRevision() {
        StatelessScripts.on(server);

        client().modern("tools/call", described(), new JsonObject());

        assertThat(sent().getJsonObject("_meta").fieldNames())
                .contains(PREFIX + "protocolVersion", PREFIX + "clientInfo", PREFIX + "logLevel", "traceparent");
    }
}
