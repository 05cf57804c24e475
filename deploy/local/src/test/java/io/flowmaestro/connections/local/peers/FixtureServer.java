package io.flowmaestro.connections.local.peers;

import io.flowmaestro.connections.local.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The MCP server that offers what the server scenarios name, in one era. */
final class FixtureServer implements AutoCloseable {
    private static final String LISTENING = "listening on port ";

    private final Process process;
    private final BufferedReader output;
    private final int port;

    private FixtureServer(Process process, BufferedReader output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** On a port that the system chooses. */
    static FixtureServer start(Era era) throws IOException {
        var script = Repository.FOLDER.resolve("deploy/local/src/main/node/conformance-server.mjs");
        var builder = new ProcessBuilder("node", script.toString()).redirectErrorStream(true);
        builder.environment().put("PORT", "0");
        builder.environment().put("ERA", era.word());
        var process = builder.start();
        var output = process.inputReader();
        var line = output.readLine();
        if (line == null || !line.startsWith(LISTENING)) {
            process.destroyForcibly();
            throw new AssertionError("node " + script + " did not start: " + line);
        }
        return new FixtureServer(process, output, Integer.parseInt(line.substring(LISTENING.length())));
    }

    String url() {
        return "http://127.0.0.1:" + port + "/mcp";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        output.close();
    }
}
