package io.flowmaestro.connections.local;

import io.flowmaestro.connections.local.RunningCommand.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The suite in a checkout, a home and on ports of its own, driven as a user would: by its command. */
final class SuiteUnderTest {
    private final Path home;
    private final int port;
    private final BuiltCheckout checkout;
    private final FrontDoorClient frontDoor;

    /** Everything is in {@code folder}. */
    SuiteUnderTest(Path folder) throws IOException {
        this.port = tenFreePorts();
        this.home = folder.resolve("home");
        this.checkout = new BuiltCheckout(folder.resolve("checkout"));
        this.frontDoor = new FrontDoorClient(port, this::token);
    }

    Path home() {
        return home;
    }

    int port() {
        return port;
    }

    BuiltCheckout checkout() {
        return checkout;
    }

    FrontDoorClient frontDoor() {
        return frontDoor;
    }

    RunningCommand start(String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", checkout.programs() + ":" + System.getenv("PATH"));
        environment.put("HOME", System.getProperty("user.home"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("CONNECTIONS_HOME", home.toString());
        environment.put("CONNECTIONS_PORT", Integer.toString(port));
        return RunningCommand.start(checkout.folder(), environment, List.of(arguments));
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        try (RunningCommand command = start(arguments)) {
            return command.end();
        }
    }

    String token(String account) throws IOException, InterruptedException {
        return run("token", account).output().lines().toList().getLast().strip();
    }

    /** What is left of it: command lines of processes, and ports that somebody listens on. */
    List<String> running() {
        return Stream.concat(
                        checkout.processes().stream(),
                        IntStream.range(port, port + 10)
                                .filter(candidate -> !isFree(candidate))
                                .mapToObj(taken -> "port " + taken))
                .toList();
    }

    /** Below the ports that systems give out by themselves; anywhere there, so that two test runs seldom meet. */
    private static int tenFreePorts() {
        int first = 20_000 + 10 * ThreadLocalRandom.current().nextInt(1_000);
        return IntStream.iterate(first, candidate -> candidate < 32_000, candidate -> candidate + 10)
                .filter(candidate -> IntStream.range(candidate, candidate + 10).allMatch(SuiteUnderTest::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
