package io.flowmaestro.connections.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The suite in a home and on ports of its own, driven as a user would: by its command and its front door. */
final class SuiteUnderTest {

    private static final Path REPOSITORY = Path.of(System.getProperty("connections.repository"))
            .toAbsolutePath()
            .normalize();

    private final Path home;
    private final int port = tenFreePorts();
    private final HttpClient client = HttpClient.newHttpClient();

    SuiteUnderTest(Path home) {
        this.home = home;
    }

    record Ended(int exitCode, String output) {}

    Ended run(String... arguments) throws IOException, InterruptedException {
        Path local = REPOSITORY.resolve("deploy/local/target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx128m",
                "-Dconnections.repository=" + REPOSITORY,
                "-cp",
                local.resolve("local-0.1.0-SNAPSHOT.jar") + ":" + local.resolve("lib") + "/*",
                "io.flowmaestro.connections.local.Launcher"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CONNECTIONS_HOME", home.toString());
        builder.environment().put("CONNECTIONS_PORT", Integer.toString(port));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException(List.of(arguments) + " did not end:\n" + output);
        }
        return new Ended(process.exitValue(), output);
    }

    String token(String account) throws IOException, InterruptedException {
        return run("token", account).output().lines().toList().getLast().strip();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int tenFreePorts() {
        return IntStream.iterate(24_080, port -> port < 34_000, port -> port + 10)
                .filter(first -> IntStream.range(first, first + 10).allMatch(SuiteUnderTest::isFree))
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
