package io.flowmaestro.connections.local.peers;

import io.flowmaestro.connections.local.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process of somebody else's server, with all that it starts. */
final class RunningPeer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Peer peer;
    private final Process process;
    private final int port;

    private RunningPeer(Peer peer, Process process, int port) {
        this.peer = peer;
        this.process = process;
        this.port = port;
    }

    /** @param folder for its log, and what it may read and write */
    static RunningPeer start(Peer peer, Path folder) throws IOException, InterruptedException {
        int port = FreePorts.ten();
        var log = Files.createDirectories(folder).resolve(peer + ".log");
        var builder = new ProcessBuilder(peer.command(port, folder))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("MCP_PORT", Integer.toString(port));
        builder.environment().put("MCP_AUTH_PORT", Integer.toString(port + 1));
        builder.environment()
                .put("MEMORY_FILE_PATH", folder.resolve(peer + ".jsonl").toString());
        var running = new RunningPeer(peer, builder.start(), port);
        long deadline = System.nanoTime() + START.toNanos();
        while (!running.listens()) {
            if (!running.process.isAlive() || System.nanoTime() > deadline) {
                running.close();
                throw new AssertionError(peer + " did not start: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
        return running;
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String url() {
        return peer.url(port);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
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
