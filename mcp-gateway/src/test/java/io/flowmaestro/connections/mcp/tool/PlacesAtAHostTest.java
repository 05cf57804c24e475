package io.flowmaestro.connections.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.mcp.testing.FakeMcpServer;
import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.mcp.testing.ToolCalls;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several users have connections to one host, and it lets the calls of one of them wait. */
@QuarkusTest
@TestProfile(PlacesAtAHostTest.Few.class)
@QuarkusTestResource(PeersResource.class)
class PlacesAtAHostTest {

    private static final int PLACES = 4;

    public static class Few implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "connections.egress.connections-per-host", String.valueOf(PLACES),
                    "connections.egress.waiting-per-host", String.valueOf(PLACES));
        }
    }

    private final UUID alice = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final FakeMcpServer server = new FakeMcpServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private static ValidatableResponse call(UUID user, UUID connection) {
        return ToolCalls.call(user, connection, "echo", "{\"parameters\":{}}");
    }

    private void answers(String text) {
        server.on("tools/call", (request, message) -> server.result(request, message, FakeMcpServer.text(text)));
    }

    /** Half are under way, half of those that may wait do, and one is too many; all at once that is more than half of all. */
    @Test
    void areNotAllTakenByTheCallsOfOneUser() {
        var alices = StoredMcp.of(alice, server).id;
        var bobs = StoredMcp.of(bob, server).id;
        call(alice, alices).statusCode(200);
        var held = new CopyOnWriteArrayList<Runnable>();
        server.on(
                "tools/call",
                (request, message) -> held.add(() -> server.result(request, message, FakeMcpServer.text("late"))));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, PLACES + 1)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> call(alice, alices).extract(), threads))
                    .toList();
            await().until(() -> held.size() == PLACES / 2
                    && calls.stream().filter(CompletableFuture::isDone).count() == 1);
            answers("prompt");

            call(bob, bobs).statusCode(200).body("data.text", equalTo("prompt"));

            assertThat(calls)
                    .filteredOn(CompletableFuture::isDone)
                    .singleElement()
                    .satisfies(refused -> {
                        ExtractableResponse<Response> answer = refused.join();
                        assertThat(answer.statusCode()).isEqualTo(429);
                        assertThat(answer.<String>path("code")).isEqualTo("too-many-requests");
                        assertThat(answer.<String>path("detail")).contains("own calls");
                    });
            held.forEach(answer -> server.vertx().runOnContext(_ -> answer.run()));
            assertThat(calls.stream().map(each -> each.join().statusCode()))
                    .containsExactlyInAnyOrder(200, 200, 200, 200, 429);
        }
    }
}
