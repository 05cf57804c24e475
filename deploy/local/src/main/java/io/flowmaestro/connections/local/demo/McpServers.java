package io.flowmaestro.connections.local.demo;

import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.process.Children;
import io.flowmaestro.connections.local.process.ProcessRecords;
import io.flowmaestro.connections.local.process.ProcessSpec;
import io.flowmaestro.connections.local.process.StopSignal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The third-party MCP servers of the demonstration, as processes on loopback. */
final class McpServers implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 100;

    private final RunningSuite suite;
    private final Children children;

    McpServers(RunningSuite suite) {
        this.suite = suite;
        this.children =
                new Children(new ProcessRecords(suite.installation().home().run()));
    }

    /** Starts it and answers its URL. */
    URI everything() {
        return start("mcp-everything", suite.ports().mcpEverything(), Map.of());
    }

    /** Starts one that may read the folder, and answers its URL. */
    URI filesystem(Path folder) {
        return start("mcp-filesystem", suite.ports().mcpFilesystem(), Map.of("FOLDER", folder.toString()));
    }

    private URI start(String name, int port, Map<String, String> settings) {
        requireFree(name, port);
        ChildProcess server = children.start(specification(name, port, settings));
        awaitListening(server, port);
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    private ProcessSpec specification(String name, int port, Map<String, String> settings) {
        Path scripts = suite.installation().node();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("PORT", Integer.toString(port));
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        return new ProcessSpec(
                name,
                "node",
                List.of(suite.node(), scripts.resolve(name + ".mjs").toString()),
                environment,
                scripts,
                suite.installation().home().log(name),
                StopSignal.TERM,
                PATIENCE);
    }

    /** Otherwise whatever listens there would be taken for the server. */
    private static void requireFree(String name, int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            // It is free, and free again.
        } catch (IOException taken) {
            throw new StepFailed("port " + port + ", which " + name + " needs, is taken by another process");
        }
    }

    private static void awaitListening(ChildProcess server, int port) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!listening(port)) {
            if (!server.alive()) {
                throw server.endedEarly("while starting");
            }
            StepFailed.unless(
                    System.nanoTime() < deadline,
                    server.spec().name() + " did not start within " + START.toSeconds() + " s; see "
                            + server.spec().log());
            Waiting.millis(POLL_MILLIS);
        }
    }

    private static boolean listening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), POLL_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        children.stopStarting().reversed().forEach(ChildProcess::stop);
    }
}
