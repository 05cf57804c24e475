package io.flowmaestro.connections.registry.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.storedMcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RegistryTest
class TestRatesTest {

    private static final String MCP = """
            {"name": "Tools", "connection_method": "mcp", "provider": "everything",
             "data": {"server_url": "http://localhost:3100/mcp"}}""";

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    /** Of nothing that is stored, so that nothing but the rate answers for long. */
    private static Response test(UUID user) {
        return as(user).post("/api/connections/{id}/test", UUID.randomUUID());
    }

    /** Until the rate answers: little by little it lets more through. */
    private static Response refused(Supplier<Response> call) {
        return Stream.generate(call)
                .limit(400)
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow();
    }

    private static Response created(UUID user, String key) {
        return as(user).header("Idempotency-Key", key).body(MCP).post("/api/connections");
    }

    private static Response changed(UUID user, String id, String body) {
        return as(user).body(body).put("/api/connections/{id}", id);
    }

    @Test
    void holdOneUserAndNoOther() {
        UUID eager = UUID.randomUUID();
        var refused = refused(() -> test(eager));

        assertThat(refused.path("code").toString()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        refused(() -> as(eager).post("/api/connections/{id}/refresh-tools", UUID.randomUUID()));
        refused(() -> as(eager).body("{}").post("/api/connections/test"));
        test(UUID.randomUUID()).then().statusCode(404);
    }

    /** Many at once get no more through than many in a row. */
    @Test
    void holdAUserWhoSendsEverythingAtOnce() {
        UUID eager = UUID.randomUUID();
        long began = System.nanoTime();
        var statuses = IntStream.range(0, 300)
                .parallel()
                .mapToObj(_ -> test(eager).statusCode())
                .toList();

        assertThat(statuses).containsOnly(404, 429);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
        assertThat(statuses)
                .filteredOn(status -> status == 404)
                .as("120 at once, and two for each second that it took")
                .hasSizeLessThanOrEqualTo((int) (120 + 2 * seconds));
    }

    /** Whatever was refused was neither asked for nor stored. */
    @Test
    void holdMcpConnectionsThatAreMadeAndChanged() {
        UUID eager = UUID.randomUUID();
        String id = storedMcp(eager);
        refused(() -> test(eager));

        refused(() -> created(eager, UUID.randomUUID().toString())).then().body("code", equalTo("too-many-requests"));
        refused(() -> changed(eager, id, "{\"data\": {\"server_url\": \"http://localhost:3200/mcp\"}}"));

        List<Integer> versions = as(eager).get("/api/connections?limit=100").path("data.version");
        assertThat(peers().find(postRequestedFor(urlPathEqualTo("/internal/mcp/discover"))))
                .as("each look at a server made a connection, or a version of one")
                .hasSize(versions.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void holdTheMcpItemsOfATemplateOneByOne() {
        UUID eager = UUID.randomUUID();
        String item = "{\"name\": \"Tools\", \"connection_method\": \"mcp\", \"provider\": \"everything\","
                + " \"config\": {\"server_url\": \"http://localhost:3100/mcp\"}}";
        String template =
                "{\"template\": {\"items\": [%s]}}".formatted(String.join(",", Collections.nCopies(50, item)));
        refused(() -> test(eager));

        as(eager)
                .body(template)
                .post("/api/connections/templates/import")
                .then()
                .statusCode(200)
                .body("data.size()", equalTo(50))
                .body("data.error.findAll { it != null }[0]", containsString("too often"));
    }

    @Test
    void leaveOutWhatAsksNobody() {
        UUID eager = UUID.randomUUID();
        String id = storedMcp(eager);
        created(eager, "once").then().statusCode(201);
        refused(() -> test(eager));

        for (int i = 0; i < 20; i++) {
            stored(eager, "openai");
            changed(eager, id, "{\"name\": \"Tools %d\"}".formatted(i)).then().statusCode(200);
            created(eager, "once").then().statusCode(201).header("Idempotency-Replayed", "true");
        }
    }
}
