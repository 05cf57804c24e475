package io.flowmaestro.connections.mcp.endpoint;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.StoredMcp;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that lists a name twice: the first is the one that was looked at, so it is the one that counts. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class ListedOnceTest extends SessionCase {

    private static JsonObject entry(String key, String value, String description) {
        return new JsonObject().put(key, value).put("description", description);
    }

    private static JsonObject page(String list, JsonObject... entries) {
        return new JsonObject().put(list, new JsonArray(List.of((Object[]) entries)));
    }

    /** Two pages, with a second definition in each. */
    private void listsTwice(String method, String list, String key) {
        server.on(
                method,
                (request, message) -> server.result(
                        request,
                        message,
                        "2".equals(message.getJsonObject("params").getString("cursor"))
                                ? page(list, entry(key, "c", "first"), entry(key, "a", "second"))
                                : page(
                                                list,
                                                entry(key, "a", "first"),
                                                entry(key, "a", "second"),
                                                entry(key, "b", "first"))
                                        .put("nextCursor", "2")));
    }

    private static Stream<String> read(Client.Got answer, String list, String key) {
        return answer.result().getJsonArray(list).stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.getString(key) + " " + entry.getString("description"));
    }

    @ParameterizedTest
    @CsvSource({
        "tools/list,tools,name",
        "prompts/list,prompts,name",
        "resources/list,resources,uri",
        "resources/templates/list,resourceTemplates,uriTemplate"
    })
    void hasTheFirstAlonePassedOnFromEachPage(String method, String list, String key) {
        listsTwice(method, list, key);
        var client = inSession();

        for (int time = 0; time < 2; time++) {
            assertThat(read(client.request(method, new JsonObject()), list, key))
                    .containsExactly("a first", "b first");
            assertThat(read(client.request(method, new JsonObject().put("cursor", "2")), list, key))
                    .containsExactly("c first");
        }
        assertThat(read(client().modern(method, new JsonObject(), new JsonObject()), list, key))
                .containsExactly("a first", "b first");
    }

    @Test
    void doesNotHideWhatIsListedOnceBehindWhatIsNoEntry() {
        server.on(
                "tools/list",
                (request, message) -> server.result(
                        request,
                        message,
                        new JsonObject()
                                .put("_meta", new JsonObject().put("kept", true))
                                .put(
                                        "tools",
                                        new JsonArray()
                                                .add("words")
                                                .add(new JsonObject().put("name", 5))
                                                .add(entry("name", "5", "first")))));

        var result = inSession().request("tools/list", new JsonObject()).result();

        assertThat(result)
                .isEqualTo(page("tools", entry("name", "5", "first")).put("_meta", new JsonObject().put("kept", true)));
    }

    @Test
    void hasNoNameTwiceAmongAllConnections() {
        listsTwice("tools/list", "tools", "name");
        var id = StoredMcp.of(alice, server).id;
        var listed =
                new JsonArray().add(new JsonObject().put("id", id.toString()).put("name", "Files"));
        Peers.wiremock()
                .register(get("/internal/mcp-connections")
                        .withHeader("X-On-Behalf-Of", equalTo(alice.toString()))
                        .willReturn(okJson(new JsonObject()
                                .put("success", true)
                                .put("data", listed)
                                .encode())));
        var client = new Client(address, "/mcp", alice).initialized("2025-11-25", new JsonObject());

        assertThat(read(client.request("tools/list", new JsonObject()), "tools", "name"))
                .containsExactly("files_a first", "files_b first", "files_c first");
    }
}
