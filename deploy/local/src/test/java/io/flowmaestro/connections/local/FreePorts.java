package io.flowmaestro.connections.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports that nobody listens on right now. */
public final class FreePorts {

    private FreePorts() {}

    /** The first of ten in a row. Below the ports that systems give out by themselves; anywhere there, so that two test runs seldom meet. */
    public static int ten() {
        int first = 20_000 + 10 * ThreadLocalRandom.current().nextInt(1_000);
        return IntStream.iterate(first, candidate -> candidate < 32_000, candidate -> candidate + 10)
                .filter(candidate -> IntStream.range(candidate, candidate + 10).allMatch(FreePorts::isFree))
                .findFirst()
                .orElseThrow();
    }

    /** One that is none of those of {@link #ten}. */
    static int one() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
