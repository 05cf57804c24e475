package io.flowmaestro.connections.local.peers;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Other people's MCP servers: how each is started, how it is reached, and a call of it with what has to come back. */
enum Peer {
    EVERYTHING(
            "http://localhost:%d/mcp", "echo", new JsonObject().put("message", "hello"), "Echo: hello", "2025-11-25") {
        @Override
        List<String> command(int port, Path folder) {
            return node(everything(), "streamableHttp");
        }
    },
    EVERYTHING_OVER_EVENTS(
            "http://localhost:%d/sse", "echo", new JsonObject().put("message", "hello"), "Echo: hello", "2024-11-05") {
        @Override
        List<String> command(int port, Path folder) {
            return node(everything(), "sse");
        }
    },
    FILESYSTEM("http://localhost:%d/mcp", "list_allowed_directories", new JsonObject(), "peers", "2025-11-25") {
        @Override
        List<String> command(int port, Path folder) {
            var server = ProofParts.installed("@modelcontextprotocol/server-filesystem/dist/index.js");
            return proxy(port, "--no-modern", "--", "node", server.toString(), folder.toString());
        }
    },
    MEMORY_OVER_EVENTS("http://localhost:%d/sse", "read_graph", new JsonObject(), "entities", "2024-11-05") {
        @Override
        List<String> command(int port, Path folder) {
            return proxy(port, "--server", "sse", "--", "node", memory().toString());
        }
    },
    MEMORY_IN_EITHER_ERA("http://localhost:%d/mcp", "read_graph", new JsonObject(), "entities", "2026-07-28") {
        @Override
        List<String> command(int port, Path folder) {
            return proxy(port, "--", "node", memory().toString());
        }
    },
    SDK_STATELESS(
            "http://localhost:%d/mcp", "echo", new JsonObject().put("message", "grüße"), "Echo: grüße", "2026-07-28") {
        @Override
        List<String> command(int port, Path folder) {
            return node(Path.of(ProofParts.script("stateless-server.mjs")));
        }
    },
    OVER_A_WEBSOCKET(
            "ws://localhost:%d/message",
            "echo", new JsonObject().put("message", "hello"), "Echo: hello", "2025-11-25") {
        @Override
        List<String> command(int port, Path folder) {
            return node(
                    ProofParts.installed("supergateway/dist/index.js"),
                    "--stdio",
                    "node " + everything() + " stdio",
                    "--outputTransport",
                    "ws",
                    "--port",
                    Integer.toString(port));
        }
    },
    PROTECTED("http://localhost:%d/mcp", "greet", new JsonObject().put("name", "alice"), "Hello, alice", "2025-11-25") {
        @Override
        List<String> command(int port, Path folder) {
            var example = "@modelcontextprotocol/sdk/dist/esm/examples/server/simpleStreamableHttp.js";
            return node(ProofParts.installed(example), "--oauth", "--oauth-strict");
        }

        @Override
        boolean wantsALogin() {
            return true;
        }
    };

    private final String url;
    final String tool;
    final JsonObject parameters;
    final String expected;
    final String revision;

    Peer(String url, String tool, JsonObject parameters, String expected, String revision) {
        this.url = url;
        this.tool = tool;
        this.parameters = parameters;
        this.expected = expected;
        this.revision = revision;
    }

    /**
     * What starts it.
     *
     * @param folder that it may read and write
     */
    abstract List<String> command(int port, Path folder);

    boolean wantsALogin() {
        return false;
    }

    String url(int port) {
        return url.formatted(port);
    }

    /** Bound to loopback, whatever it asks for. */
    private static List<String> node(Path script, String... arguments) {
        var command = new ArrayList<>(List.of("node", "--import", ProofParts.loopback(), script.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> proxy(int port, String... arguments) {
        var script = ProofParts.installed("mcp-proxy/dist/bin/mcp-proxy.mjs");
        return node(
                script,
                Stream.concat(Stream.of("--host", "127.0.0.1", "--port", Integer.toString(port)), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Path everything() {
        return ProofParts.installed("@modelcontextprotocol/server-everything/dist/index.js");
    }

    private static Path memory() {
        return ProofParts.installed("@modelcontextprotocol/server-memory/dist/index.js");
    }
}
