package io.flowmaestro.connections.benchmarks.mcp;

import io.flowmaestro.connections.benchmarks.server.Consumption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** nginx as a plain reverse proxy: it keeps connections to its upstream, logs nothing, checks nothing. */
final class Nginx implements Consumption, AutoCloseable {

    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"));
    private static final Duration START = Duration.ofSeconds(10);
    private static final int STOP_SECONDS = 5;

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param folder takes its configuration and what it writes
     */
    static Nginx start(Path folder, int upstream) throws IOException, InterruptedException {
        var program = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "nginx is missing, which the benchmark compares with. Install it: apt-get install nginx-light"));
        Files.createDirectories(folder);
        int port = freePort();
        var file = Files.writeString(folder.resolve("nginx.conf"), """
                worker_processes auto;
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
                  keepalive_requests 100000000;
                  upstream server {
                    server 127.0.0.1:%2$d;
                    keepalive 64;
                    keepalive_requests 100000000;
                  }
                  server {
                    listen 127.0.0.1:%3$d;
                    location / {
                      proxy_pass http://server;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                    }
                  }
                }
                """.formatted(folder, upstream, port));
        var process = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        var nginx = new Nginx(process, port);
        nginx.awaitListening(folder);
        return nginx;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(Path folder) throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                close();
                throw new IllegalStateException("nginx did not start; see " + folder);
            }
            Thread.sleep(50);
        }
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Processor time of all its processes; it has no heap to look at. */
    @Override
    public Counters counters() {
        long nanos = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(Nginx::nanos)
                .sum();
        return new Counters(0, nanos);
    }

    /** By the scheduler's own count where there is one: the other is in steps of 10 ms, of which a short round may use none. */
    private static long nanos(ProcessHandle each) {
        try {
            var counts = Files.readString(Path.of("/proc/" + each.pid() + "/schedstat"));
            return Long.parseLong(counts.substring(0, counts.indexOf(' ')));
        } catch (IOException unknown) {
            return each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
        }
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
