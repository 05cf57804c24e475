package io.flowmaestro.connections.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A service as it is deployed: the packaged application in a virtual machine of its own. */
public final class PackagedService implements AutoCloseable {

    /** The same for all that are compared: the compilers and the collector that a deployment has, in a fixed heap. */
    public static final List<String> JVM = List.of(
            "-Xms512m",
            "-Xmx512m",
            "-XX:+UseG1GC",
            // Where the agent that tells the figures is to be found, once it is asked for.
            "-Djava.rmi.server.hostname=127.0.0.1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int STOP_SECONDS = 15;

    private final Process process;
    private final Path log;
    private final int port;
    private final Thread onInterrupt;

    private PackagedService(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
        onInterrupt = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param options of the virtual machine, beside {@link #JVM}
     */
    public static PackagedService start(
            Path application, Path log, List<String> options, Map<String, String> environment)
            throws IOException, InterruptedException {
        var runnable = application.resolve("quarkus-run.jar");
        if (!Files.exists(runnable)) {
            throw new IllegalStateException(runnable + " is missing. Run ./connections bench, which builds it.");
        }
        Files.createDirectories(log.getParent());
        int port = freePort();
        var builder = new ProcessBuilder(command(runnable, options))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG", "TMPDIR"));
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_PROFILE", "local");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        var service = new PackagedService(builder.start(), log, port);
        service.awaitReady();
        return service;
    }

    private static List<String> command(Path runnable, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(options);
        command.addAll(List.of("-jar", runnable.toString()));
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (!ready(client)) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    close();
                    throw new IllegalStateException("The service did not get ready; its log is " + log);
                }
                Thread.sleep(100);
            }
        }
    }

    private boolean ready(HttpClient client) throws InterruptedException {
        try {
            return get("/q/health/ready", client).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The body of its answer to a GET. */
    public String get(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return get(path, client).body();
        }
    }

    /** The timeout of a request ends with the headers of its answer (JDK 25), so a body that stalls is given up here. */
    private HttpResponse<String> get(String path, HttpClient client) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER)
                .build();
        var answer = new FutureTask<>(() -> client.send(request, BodyHandlers.ofString()));
        Thread.startVirtualThread(answer);
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
        } catch (TimeoutException stalled) {
            throw new IOException(path + " was not answered in time", stalled);
        } finally {
            // Closes the connection when nobody waits any more; an answer that is there stays as it is.
            answer.cancel(true);
        }
    }

    public int port() {
        return port;
    }

    public Vitals vitals() throws IOException {
        return Vitals.of(process.pid(), freePort());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
