package io.flowmaestro.connections.local;

import io.flowmaestro.connections.local.RunningCommand.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The suite in a checkout, a home and on ports of its own, driven as a user would: by its command. */
final class SuiteUnderTest {
    private final Path home;
    private final int port;
    private final BuiltCheckout checkout;
    private final FrontDoorClient frontDoor;
    private final Map<String, String> settings;

    /** Everything is in {@code folder}. */
    SuiteUnderTest(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /** @param settings what its user has set in the environment */
    SuiteUnderTest(Path folder, Map<String, String> settings) throws IOException {
        this.settings = settings;
        this.port = FreePorts.ten();
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
        Map<String, String> environment = new HashMap<>(settings);
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
                                .filter(candidate -> !FreePorts.isFree(candidate))
                                .mapToObj(taken -> "port " + taken))
                .toList();
    }
}
