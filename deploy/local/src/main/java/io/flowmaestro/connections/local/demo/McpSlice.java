package io.flowmaestro.connections.local.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;

/** Two real MCP servers: discovered, connected, and their tools called by a worker. */
final class McpSlice implements Slice {
    private static final String GREETING = "hello from a worker";

    @Override
    public String title() {
        return "MCP: servers discovered, connected, and a tool of each called";
    }

    @Override
    public void run(Stage stage) {
        try (SharedFolder shared = SharedFolder.create();
                McpServers servers = new McpServers(stage.suite())) {
            callEcho(stage, servers);
            readFile(stage, servers, shared);
        }
    }

    private static void callEcho(Stage stage, McpServers servers) {
        URI url = started(stage, "@modelcontextprotocol/server-everything", servers::everything);
        int tools = discover(stage, url, "echo");
        UUID id = connect(stage, "Demo: everything", url, tools);
        stage.transcript()
                .step(
                        "a worker acting for alice calls echo with \"" + GREETING + "\"",
                        () -> stage.api()
                                .post(
                                        stage.workerForAlice(),
                                        "/api/mcp/" + id + "/tools/echo",
                                        parameters("message", GREETING))
                                .expect(200),
                        answer -> "200, text: " + textWith(answer, GREETING));
    }

    private static void readFile(Stage stage, McpServers servers, SharedFolder shared) {
        URI url = started(
                stage,
                "@modelcontextprotocol/server-filesystem on " + shared.folder() + ", behind mcp-proxy",
                () -> servers.filesystem(shared.folder()));
        int tools = discover(stage, url, "read_file");
        UUID id = connect(stage, "Demo: filesystem", url, tools);
        stage.transcript()
                .step(
                        "a worker acting for alice calls read_file for " + shared.file(),
                        () -> stage.api()
                                .post(
                                        stage.workerForAlice(),
                                        "/api/mcp/" + id + "/call",
                                        parameters("path", shared.file().toString())
                                                .put("tool", "read_file"))
                                .expect(200),
                        answer -> "200, text: "
                                + textWith(answer, shared.content().strip()));
    }

    private static URI started(Stage stage, String server, java.util.function.Supplier<URI> start) {
        return stage.transcript().step("start " + server, start, url -> "listening at " + url);
    }

    private static int discover(Stage stage, URI url, String wanted) {
        JsonObject request = new JsonObject()
                .put("server_url", url.toString())
                .put("auth", new JsonObject().put("auth_type", "none"));
        Answer answer = stage.transcript()
                .step(
                        "alice discovers it",
                        () -> stage.api()
                                .post(stage.alice(), "/api/connections/mcp/discover", request)
                                .expect(200),
                        McpSlice::discovered);
        JsonArray tools = answer.data().getJsonArray("tools");
        StepFailed.unless(
                tools.stream().map(JsonObject.class::cast).anyMatch(tool -> wanted.equals(tool.getString("name"))),
                "the server has no tool " + wanted);
        return tools.size();
    }

    private static String discovered(Answer answer) {
        JsonObject server = answer.data().getJsonObject("server_info");
        JsonArray tools = answer.data().getJsonArray("tools");
        String names = String.join(
                ", ",
                tools.stream()
                        .map(tool -> ((JsonObject) tool).getString("name"))
                        .toList());
        return "200, " + server.getString("name") + " " + server.getString("version") + ", MCP "
                + server.getString("protocol_version") + ", " + tools.size() + " tools: " + names;
    }

    private static UUID connect(Stage stage, String name, URI url, int discovered) {
        JsonObject data = new JsonObject().put("server_url", url.toString()).put("auth_type", "none");
        return stage.transcript()
                .step(
                        "alice creates an mcp connection from it; its tools are stored",
                        () -> {
                            UUID id = AlicesConnections.idOf(stage.connections().create(name, "mcp", "mcp", data));
                            int stored = stage.database().connection(id).tools();
                            StepFailed.unless(
                                    stored == discovered,
                                    stored + " tools are stored, and " + discovered + " were discovered");
                            return id;
                        },
                        id -> "201, connection " + id + ", " + discovered + " tools stored");
    }

    private static JsonObject parameters(String name, String value) {
        return new JsonObject().put("parameters", new JsonObject().put(name, value));
    }

    private static String textWith(Answer answer, String wanted) {
        String text = String.valueOf(answer.data().getString("text"));
        StepFailed.unless(text.contains(wanted), "the server answered \"" + text + "\"");
        return text.strip();
    }
}
