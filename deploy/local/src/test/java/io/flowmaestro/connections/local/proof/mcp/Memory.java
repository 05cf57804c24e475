package io.flowmaestro.connections.local.proof.mcp;

import java.io.IOException;

/** The gateway's memory, in MiB, as its own metrics tell. */
final class Memory implements AutoCloseable {
    private static final long EVERY_MILLIS = 250;
    private static final double MEBIBYTE = 1 << 20;

    private final McpSystem system;
    private final Thread looking;
    private volatile boolean ended;
    private volatile double most;

    Memory(McpSystem system) {
        this.system = system;
        looking = Thread.ofVirtual().start(this::lookAllTheTime);
    }

    private void lookAllTheTime() {
        while (!ended) {
            try {
                most = Math.max(most, used());
                Thread.sleep(EVERY_MILLIS);
            } catch (IOException unanswered) {
                // A figure that is missing is not the largest.
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private double used() throws IOException, InterruptedException {
        return of("jvm_memory_used_bytes{area=\"heap\"");
    }

    /** Of the heap, and what the system says of direct buffers. */
    double direct() throws IOException, InterruptedException {
        return of("jvm_buffer_memory_used_bytes{id=\"direct\"");
    }

    long most() {
        return Math.round(most);
    }

    private double of(String name) throws IOException, InterruptedException {
        return system.metrics()
                        .lines()
                        .filter(line -> line.startsWith(name))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                / MEBIBYTE;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        looking.join();
    }
}
