package io.flowmaestro.connections.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What any logger writes while this is open; warnings and errors, unless told otherwise. */
final class LoggedLines extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();

    LoggedLines() {
        this(Level.WARNING);
    }

    LoggedLines(Level least) {
        setLevel(least);
        root.addHandler(this);
    }

    List<LogRecord> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            lines.add(line);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
