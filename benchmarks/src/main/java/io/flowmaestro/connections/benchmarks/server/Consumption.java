package io.flowmaestro.connections.benchmarks.server;

/** What a process has used up. */
public interface Consumption {

    /** Of a process that is not looked at. */
    Consumption UNKNOWN = () -> new Counters(0, 0);

    Counters counters();

    /**
     * Counters since the start of the process; 0 for what is not known.
     *
     * @param allocatedBytes by all its threads, those included that have ended
     */
    record Counters(long allocatedBytes, long cpuNanos) {

        public Counters since(Counters before) {
            return new Counters(allocatedBytes - before.allocatedBytes, cpuNanos - before.cpuNanos);
        }
    }
}
