package io.flowmaestro.connections.registry.connection;

import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts what the log says of failures that nobody was there to be told of: something went on under a closed session. */
final class DroppedExceptions extends Handler implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("io.quarkus.mutiny.runtime.MutinyInfrastructure");

    private final LongAdder count = new LongAdder();

    DroppedExceptions() {
        LOG.addHandler(this);
    }

    long count() {
        return count.sum();
    }

    @Override
    public void publish(LogRecord entry) {
        count.increment();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
    }
}
