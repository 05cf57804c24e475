package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The demo's MCP server with tools of every kind, for connections that are to work. */
final class McpServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final int port;

    private McpServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static McpServer start(int port) throws IOException, InterruptedException {
        var script = Repository.FOLDER.resolve("deploy/local/src/main/node/mcp-everything.mjs");
        var builder = new ProcessBuilder("node", script.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(Map.of("PORT", Integer.toString(port)));
        var server = new McpServer(builder.start(), port);
        long deadline = System.nanoTime() + START.toNanos();
        while (!listens(port)) {
            if (!server.process.isAlive() || System.nanoTime() > deadline) {
                server.close();
                throw new AssertionError("The MCP server did not start: node " + script + " with PORT=" + port);
            }
            Thread.sleep(50);
        }
        return server;
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/mcp";
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
