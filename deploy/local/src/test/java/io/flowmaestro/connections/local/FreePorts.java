package io.flowmaestro.connections.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports that nobody listens on right now. */
public final class FreePorts {

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** The first of ten in a row. Below the ports that systems give out by themselves; anywhere there, so that two test runs seldom meet. Never the same twice in one. */
    public static int ten() {
        int first = 20_000 + 10 * ThreadLocalRandom.current().nextInt(1_000);
        return IntStream.iterate(first, candidate -> candidate < 32_000, candidate -> candidate + 10)
                .filter(candidate -> IntStream.range(candidate, candidate + 10).allMatch(FreePorts::isFree))
                .filter(GIVEN::add)
                .findFirst()
                .orElseThrow();
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
