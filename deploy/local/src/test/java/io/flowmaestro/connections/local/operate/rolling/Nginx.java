package io.flowmaestro.connections.local.operate.rolling;

import io.flowmaestro.connections.local.Repository;
import io.flowmaestro.connections.local.suite.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real nginx with the files of deploy/nginx. Only addresses are others, and there is no TLS on loopback. */
final class Nginx implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"));
    private static final Path SOURCES = Repository.FOLDER.resolve("deploy/nginx");
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration RELOAD = Duration.ofSeconds(10);
    private static final int STOP_SECONDS = 5;
    private static final int WORKERS = 2;

    private final Path folder;
    private final Map<Service, List<Integer>> replicas;
    private final Set<Integer> down = new TreeSet<>();
    private final Process process;

    private Nginx(Path folder, Map<Service, List<Integer>> replicas, Process process) {
        this.folder = folder;
        this.replicas = replicas;
        this.process = process;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param front the public port
     * @param inside the first of four, one for each service in their order
     * @param replicas the ports of each service's replicas
     */
    static Nginx start(Path folder, int front, int inside, Map<Service, List<Integer>> replicas)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        writeReplicas(folder, replicas, Set.of());
        Files.writeString(folder.resolve("connections.conf"), rules(folder, front, inside));
        Files.writeString(folder.resolve("nginx.conf"), """
            worker_processes %2$d;
            daemon off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              include %1$s/connections.conf;
            }
            """.formatted(folder, WORKERS));
        var nginx = new Nginx(folder, replicas, run(folder));
        try {
            nginx.await(START, () -> listens(front), "nginx does not listen");
            return nginx;
        } catch (AssertionError silent) {
            nginx.close();
            throw silent;
        }
    }

    private static Process run(Path folder) throws IOException {
        var program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nginx is missing. Install it: apt-get install nginx-light"));
        return new ProcessBuilder(
                        program.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        folder.resolve("nginx.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
    }

    private static String rules(Path folder, int front, int inside) throws IOException {
        var rules = Files.readString(SOURCES.resolve("connections.conf"))
                .replace(
                        "/etc/nginx/connections/replicas.conf",
                        folder.resolve("replicas.conf").toString())
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + front + ";")
                .replaceAll("ssl_certificate.*", "");
        for (int i = 0; i < Service.values().length; i++) {
            rules = rules.replace("10.0.0.1:" + (8081 + i), "127.0.0.1:" + (inside + i));
        }
        return rules;
    }

    private static void writeReplicas(Path folder, Map<Service, List<Integer>> replicas, Set<Integer> down)
            throws IOException {
        var upstreams = new StringBuilder();
        replicas.forEach((service, ports) -> {
            upstreams.append("upstream ").append(service.serviceName()).append(" {\n");
            ports.forEach(port -> upstreams
                    .append("  server 127.0.0.1:")
                    .append(port)
                    .append(down.contains(port) ? " down;\n" : ";\n"));
            upstreams.append("}\n");
        });
        Files.writeString(folder.resolve("replicas.conf"), upstreams);
    }

    /** No new request gets there when this returns. */
    void takeOut(int port) throws IOException, InterruptedException {
        down.add(port);
        reload();
    }

    void putBack(int port) throws IOException, InterruptedException {
        down.remove(port);
        reload();
    }

    /** Its workers of before finish what they have; those of now know nothing of failures that were before. */
    void reload() throws IOException, InterruptedException {
        writeReplicas(folder, replicas, down);
        var before = workers();
        new ProcessBuilder("kill", "-s", "HUP", Long.toString(process.pid()))
                .start()
                .waitFor();
        await(
                RELOAD,
                () -> workers().stream().filter(pid -> !before.contains(pid)).count() == WORKERS,
                "nginx has no new workers");
        // Those of before are told after the new ones have started; they say so and close their listeners at once.
        await(RELOAD, () -> before.stream().allMatch(Nginx::isLeaving), "nginx keeps its old workers");
        Thread.sleep(50);
    }

    private static boolean isLeaving(long worker) {
        try {
            var title = Files.readString(Path.of("/proc/" + worker + "/cmdline"));
            return title.isEmpty() || title.contains("shutting down");
        } catch (IOException gone) {
            return true;
        }
    }

    private Set<Long> workers() {
        return process.descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    private void await(Duration longest, Condition condition, String otherwise) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.holds()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(otherwise + "; see " + folder);
            }
            Thread.sleep(20);
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
