package io.flowmaestro.connections.local.peers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's MCP clients, each a program of its own, at the gateway's endpoint. */
final class Clients {
    static final List<String> SDK = List.of("1", "2-sessions", "2-stateless", "remote");
    private static final int PATIENCE_SECONDS = 60;

    private final String token;

    Clients(String token) {
        this.token = token;
    }

    /** What a client found. */
    record Found(List<String> tools, String text) {}

    /** A client of the SDKs lists the tools and calls one. */
    Found sdk(String kind, URI endpoint, String tool, JsonObject arguments) throws IOException, InterruptedException {
        var output = run(List.of(
                ProofParts.node(),
                ProofParts.script("sdk-client.mjs"),
                kind,
                endpoint.toString(),
                tool,
                arguments.encode()));
        var found = new JsonObject(output.lines().toList().getLast());
        return new Found(strings(found.getJsonArray("tools")), found.getString("text"));
    }

    /** The inspector does the same in two calls. */
    Found inspector(URI endpoint, String tool, JsonObject arguments) throws IOException, InterruptedException {
        var tools = new JsonObject(inspect(endpoint, List.of("--method", "tools/list"))).getJsonArray("tools");
        List<String> call = new ArrayList<>(List.of("--method", "tools/call", "--tool-name", tool));
        arguments.forEach(
                argument -> call.addAll(List.of("--tool-arg", argument.getKey() + "=" + argument.getValue())));
        var content = new JsonObject(inspect(endpoint, call)).getJsonArray("content");
        var names = new JsonArray(tools.stream()
                .map(each -> ((JsonObject) each).getString("name"))
                .toList());
        return new Found(strings(names), content.getJsonObject(0).getString("text"));
    }

    private String inspect(URI endpoint, List<String> method) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProofParts.node(),
                ProofParts.bin("@modelcontextprotocol/inspector").toString(),
                "--cli",
                endpoint.toString(),
                "--transport",
                "http",
                "--header",
                "Authorization: Bearer " + token));
        command.addAll(method);
        return run(command);
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CONNECTIONS_TOKEN", token);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command.subList(0, 3)) + " failed: " + output);
        }
        return output;
    }
}
