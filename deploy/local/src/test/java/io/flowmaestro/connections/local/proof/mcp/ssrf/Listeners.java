package io.flowmaestro.connections.local.proof.mcp.ssrf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody at every address that nobody may reach, who notices whoever comes. */
final class Listeners implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final List<ServerSocket> sockets = new ArrayList<>();
    private final List<String> visits = new CopyOnWriteArrayList<>();

    Listeners(List<InetAddress> addresses, List<Integer> ports) throws IOException {
        for (var address : addresses) {
            for (int port : ports) {
                var socket = new ServerSocket(port, BACKLOG, address);
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> notice(socket));
            }
        }
    }

    private void notice(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (var visitor = socket.accept()) {
                visits.add(visitor.getLocalSocketAddress().toString());
            } catch (IOException closed) {
                return;
            }
        }
    }

    int size() {
        return sockets.size();
    }

    /** Where each connection was seen. */
    List<String> visits() {
        return List.copyOf(visits);
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }
}
