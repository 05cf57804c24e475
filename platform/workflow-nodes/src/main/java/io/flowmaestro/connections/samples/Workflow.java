package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.worker.ClientCredentials;
import io.flowmaestro.connections.worker.ConnectionsClient;
import io.flowmaestro.connections.worker.UserConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Runs the nodes of a workflow for a user, one after another, and prints what became of its context as JSON. */
public final class Workflow {

    private final Map<String, Node> nodes;

    private Workflow(Map<String, Node> nodes) {
        this.nodes = nodes;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        JsonNode workflow = Web.JSON.readTree(Path.of(arguments[0]).toFile());
        try (HttpClient http = HttpClient.newHttpClient();
                var tokens = ClientCredentials.of(
                        URI.create(setting("CONNECTIONS_ISSUER")),
                        "worker",
                        () -> read(setting("WORKER_SECRET_FILE")));
                var client = ConnectionsClient.at(URI.create(setting("CONNECTIONS_URL")), tokens)
                        .build()) {
            Web web = new Web(http);
            String slack = System.getenv().getOrDefault("SLACK_API_URL", "https://slack.com/api");
            var run = new Workflow(Map.of(
                    "llm", new LlmNode(web), "integration", new SlackNode(web, slack), "mcp_tool", new McpToolNode()));
            System.out.println(run.execute(
                    workflow,
                    client.actingFor(UUID.fromString(workflow.path("user").asText()))));
        }
    }

    private JsonNode execute(JsonNode workflow, UserConnections connections) throws IOException, InterruptedException {
        ObjectNode context = workflow.path("context").deepCopy();
        for (JsonNode step : workflow.path("nodes")) {
            System.err.println(step.path("label").asText());
            Node node = nodes.get(step.path("type").asText());
            if (node == null) {
                throw new IllegalArgumentException("There is no node of type " + step.path("type") + ".");
            }
            node.execute(connections, step.path("config"), context);
        }
        return context;
    }

    private static String setting(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalArgumentException("Set " + name + ": the README says to what.");
        }
        return value;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
