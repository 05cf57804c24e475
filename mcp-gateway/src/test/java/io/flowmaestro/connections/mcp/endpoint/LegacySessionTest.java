package io.flowmaestro.connections.mcp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class LegacySessionTest extends SessionCase {

    @Nested
    class Initialize {
        @ParameterizedTest
        @CsvSource({"2025-06-18,2025-06-18", "2025-11-25,2025-11-25", "2024-11-05,2025-11-25", "1999-01-01,2025-11-25"})
        void agreesOnARevision(String proposed, String agreed) {
            var answer = client().request(
                            "initialize",
                            new JsonObject().put("protocolVersion", proposed).put("capabilities", new JsonObject()));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.result().getString("protocolVersion")).isEqualTo(agreed);
            assertThat(answer.result().getJsonObject("serverInfo").getString("name"))
                    .isEqualTo("fake");
            assertThat(answer.result().getJsonObject("capabilities").fieldNames())
                    .containsExactly("tools", "logging");
            assertThat(answer.header("Mcp-Session-Id")).isPresent();
        }

        @Test
        void saysWhatToDoAboutAServerThatRefusesTheCredential() {
            server.on(
                    "initialize",
                    (request, _) -> request.response().setStatusCode(401).end());
            server.on(
                    "server/discover",
                    (request, _) -> request.response().setStatusCode(401).end());

            var answer = client().request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"));

            assertThat(answer.error().getString("message")).contains("refused the credential", "reconnect");
            assertThat(answer.error().getJsonObject("data").getString("code")).isEqualTo("mcp-server-unauthorized");
        }

        @Test
        void hidesAnotherUsersConnectionAsMissing() {
            var foreign = client(StoredMcp.of(UUID.randomUUID(), server).id, alice)
                    .request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"));
            var missing = client(UUID.randomUUID(), alice)
                    .request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"));

            assertThat(foreign.status()).isEqualTo(404);
            assertThat(foreign.last()).isEqualTo(missing.last());
        }
    }

    @Nested
    class Sessions {
        @Test
        void areServedByWhoeverKnowsTheSecret() {
            assertThat(inSession().request("ping", new JsonObject()).result()).isEqualTo(new JsonObject());
        }

        @Test
        void areNeededForEverythingElse() {
            assertThat(client().request("tools/list", new JsonObject()).status())
                    .isEqualTo(400);
        }

        @Test
        void areUnknownWhenForeignTamperedOrOfAnotherConnection() {
            var stored = StoredMcp.of(alice, server).id;
            var other = StoredMcp.of(alice, server).id;
            var id = client(stored, alice)
                    .request("initialize", new JsonObject().put("protocolVersion", "2025-11-25"))
                    .header("Mcp-Session-Id")
                    .orElseThrow();
            var list = Client.message(1, "ping", new JsonObject());

            assertThat(client(stored, alice)
                            .with("Mcp-Session-Id", id)
                            .post(list)
                            .status())
                    .isEqualTo(200);
            assertThat(client(stored, UUID.randomUUID())
                            .with("Mcp-Session-Id", id)
                            .post(list)
                            .status())
                    .isEqualTo(404);
            assertThat(client(other, alice)
                            .with("Mcp-Session-Id", id)
                            .post(list)
                            .status())
                    .isEqualTo(404);
            assertThat(client(stored, alice)
                            .with("Mcp-Session-Id", "A" + id)
                            .post(list)
                            .status())
                    .isEqualTo(404);
            assertThat(client(stored, alice)
                            .with("Mcp-Session-Id", "x")
                            .post(list)
                            .status())
                    .isEqualTo(404);
        }

        @Test
        void endByDelete() {
            var client = inSession();

            assertThat(client.delete().status()).isEqualTo(204);
            assertThat(client.request("ping", new JsonObject()).status()).isEqualTo(404);
        }

        @Test
        void areNeededForAStream() {
            var refused = client().get();
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).contains("DELETE, OPTIONS, POST");
            assertThat(client().with("Mcp-Session-Id", "x").get().status()).isEqualTo(404);
            assertThat(inSession().with("Accept", "application/json").get().status())
                    .isEqualTo(406);
        }

        @Test
        void keepToTheirRevision() {
            assertThat(inSession()
                            .with("MCP-Protocol-Version", "2025-06-18")
                            .request("ping", new JsonObject())
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void takeNotificationsWithoutAWord() {
            var answer =
                    inSession().post(new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/initialized"));

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.messages()).isEmpty();
        }
    }
}
