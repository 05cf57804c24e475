package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The ten ports of a suite, in a row from {@code CONNECTIONS_PORT}.
 *
 * @param frontDoor the first of them
 */
public record Ports(int frontDoor) {
    private static final int DEFAULT = 8080;
    private static final int COUNT = 10;
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_535 - COUNT + 1;

    public static Ports of(Map<String, String> environment) {
        String configured = environment.getOrDefault("CONNECTIONS_PORT", "").strip();
        if (configured.isEmpty()) {
            return new Ports(DEFAULT);
        }
        if (!configured.matches("[0-9]{1,5}")
                || Integer.parseInt(configured) < LOWEST
                || Integer.parseInt(configured) > HIGHEST) {
            throw new Refusal(
                    "CONNECTIONS_PORT is \"" + configured + "\". It must be a number from " + LOWEST + " to " + HIGHEST
                            + ": the suite uses that port and the nine after it.",
                    2);
        }
        return new Ports(Integer.parseInt(configured));
    }

    public int of(Service service) {
        return frontDoor + service.portOffset();
    }

    public int identity() {
        return frontDoor + 5;
    }

    public int demo() {
        return frontDoor + 6;
    }

    public int postgres() {
        return frontDoor + 7;
    }

    /** The demo's MCP server with tools of every kind. */
    public int mcpEverything() {
        return frontDoor + 8;
    }

    /** The demo's MCP server that reads files. */
    public int mcpFilesystem() {
        return frontDoor + 9;
    }

    public URI publicUrl() {
        return URI.create("http://localhost:" + frontDoor);
    }

    public URI issuer() {
        return URI.create("http://localhost:" + identity());
    }

    public URI demoUrl() {
        return URI.create("http://localhost:" + demo());
    }

    /** Asked before anything starts, so that a taken port costs nothing but this one line. */
    public void requireFree() {
        IntStream.range(frontDoor, frontDoor + COUNT)
                .filter(Ports::taken)
                .findFirst()
                .ifPresent(this::refuse);
    }

    private void refuse(int port) {
        throw new Refusal("Port " + port + " is taken by another program. The suite uses " + frontDoor + " to "
                + (frontDoor + COUNT - 1) + "; set CONNECTIONS_PORT to the first of ten free ports, for example"
                + " CONNECTIONS_PORT=" + (frontDoor == 18_080 ? 28_080 : 18_080) + " ./connections up");
    }

    /** Binding alone does not tell on macOS, where a loopback address may be bound beside a listener on all addresses. */
    private static boolean taken(int port) {
        return answers(port) || !bindable(port);
    }

    private static boolean bindable(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(loopback(), port), 200);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
