package io.flowmaestro.connections.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged while this is open, as text with any stack, with the suite's own loggers at DEBUG as {@code DEBUG_CONNECTIONS} has them. */
public final class DebugLines extends Handler implements AutoCloseable {

    private final Logger root = Logger.getLogger("");
    private final Logger suite = Logger.getLogger("io.flowmaestro.connections");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public DebugLines() {
        setLevel(Level.ALL);
        suite.setLevel(Level.FINE);
        root.addHandler(this);
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        var text = new StringWriter();
        text.append(new SimpleFormatter().formatMessage(line));
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text));
        }
        lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        suite.setLevel(null);
    }
}
