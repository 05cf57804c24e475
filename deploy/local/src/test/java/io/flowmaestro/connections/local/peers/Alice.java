package io.flowmaestro.connections.local.peers;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.account.Tokens;
import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.suite.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A user of a running suite, at its front door. */
final class Alice implements AutoCloseable {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI suite;
    private final String token;

    /** Of the suite that runs with this data folder and from this port on. */
    Alice(Path home, int port) {
        var ports = new Ports(port);
        suite = ports.publicUrl();
        token = new Tokens(ports.issuer(), suite, new Secrets(new Home(home))).of(Account.ALICE);
    }

    URI suite() {
        return suite;
    }

    /** Lives for an hour. */
    String token() {
        return token;
    }

    /** Connects the suite to an MCP server that asks for no credential; answers the endpoint of the connection. */
    URI connect(String server) throws IOException, InterruptedException {
        var data = post(
                "/api/connections",
                new JsonObject()
                        .put("name", "peer")
                        .put("connection_method", "mcp")
                        .put("provider", "mcp")
                        .put("data", new JsonObject().put("server_url", server).put("auth_type", "none")));
        return endpoint(data.getString("id"));
    }

    /** The same with a server that asks for a login, by way of its authorization server. */
    URI logIn(String server) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("node", ProofParts.script("log-in.mjs"), server)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CONNECTIONS_URL", suite.toString());
        builder.environment().put("CONNECTIONS_TOKEN", token);
        var process = builder.start();
        var id = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new AssertionError("no login for " + server);
        }
        return endpoint(id);
    }

    private URI endpoint(String connection) {
        return suite.resolve("/mcp/" + connection);
    }

    /** What the gateway says of a server before it is saved. */
    JsonObject discovered(String server) throws IOException, InterruptedException {
        var form = new JsonObject().put("server_url", server).put("auth", new JsonObject().put("auth_type", "none"));
        return post("/api/connections/mcp/discover", form).getJsonObject("server_info");
    }

    /** The text that a tool answers. */
    String called(URI endpoint, String tool, JsonObject parameters) throws IOException, InterruptedException {
        var path = endpoint.getPath().replace("/mcp/", "/api/mcp/") + "/tools/" + tool;
        return post(path, new JsonObject().put("parameters", parameters)).getString("text");
    }

    private JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(suite.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return new JsonObject(answer.body()).getJsonObject("data");
    }

    @Override
    public void close() {
        http.close();
    }
}
