package io.flowmaestro.connections.benchmarks.suite;

import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.benchmarks.server.Vitals;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processor time of services, of their database and of this process, which is the load and the provider. */
public record ProcessorTime(Map<String, Vitals> services, DurablePostgres postgres) implements AutoCloseable {

    public static ProcessorTime of(Map<String, PackagedService> services, DurablePostgres postgres) throws IOException {
        var vitals = new LinkedHashMap<String, Vitals>();
        for (var service : services.entrySet()) {
            vitals.put(service.getKey(), service.getValue().vitals());
        }
        return new ProcessorTime(vitals, postgres);
    }

    /** Of both; they are closed each for itself, since a process can be asked by one only. */
    public ProcessorTime and(ProcessorTime others) {
        var all = new LinkedHashMap<>(services);
        all.putAll(others.services);
        return new ProcessorTime(all, postgres);
    }

    /** In nanoseconds so far, by name. */
    public Map<String, Long> nanos() throws IOException {
        var nanos = new LinkedHashMap<String, Long>();
        services.forEach((name, vitals) -> nanos.put(name, vitals.counters().cpuNanos()));
        nanos.put("PostgreSQL", postgres.cpuNanos());
        var own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        nanos.put("benchmark", own.toNanos());
        return nanos;
    }

    /** What was used since an earlier look. */
    public Map<String, Long> since(Map<String, Long> before) throws IOException {
        var used = nanos();
        used.replaceAll((name, nanos) -> nanos - before.getOrDefault(name, 0L));
        return used;
    }

    @Override
    public void close() throws IOException {
        for (var vitals : services.values()) {
            vitals.close();
        }
    }
}
