package io.flowmaestro.connections.benchmarks.suite;

import io.flowmaestro.connections.benchmarks.server.PackagedService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Services that were started side by side, and end together. */
public record Services(Map<String, PackagedService> byName) implements AutoCloseable {

    /** Starts all, and ends them again when one does not get ready. */
    public static Services start(Map<String, Callable<PackagedService>> starts) throws InterruptedException {
        var started = new LinkedHashMap<String, PackagedService>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starting = new LinkedHashMap<String, Future<PackagedService>>();
            starts.forEach((name, start) -> starting.put(name, threads.submit(start)));
            ExecutionException failed = null;
            for (var service : starting.entrySet()) {
                try {
                    started.put(service.getKey(), service.getValue().get());
                } catch (ExecutionException failure) {
                    failed = failure;
                }
            }
            if (failed != null) {
                started.values().forEach(PackagedService::close);
                throw new IllegalStateException(failed.getCause());
            }
        }
        return new Services(started);
    }

    public PackagedService get(String name) {
        return Objects.requireNonNull(byName.get(name));
    }

    @Override
    public void close() {
        byName.values().forEach(PackagedService::close);
    }
}
