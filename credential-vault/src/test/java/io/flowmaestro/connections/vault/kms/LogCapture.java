package io.flowmaestro.connections.vault.kms;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** Everything that is logged during a test, with the SDK's and the vault's own debug lines. */
public final class LogCapture extends Handler {

    private static final List<String> LOUD = List.of("io.flowmaestro", "software.amazon.awssdk", "com.google");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    /** Held, since a logger that nobody holds forgets its level. */
    private final List<Logger> loud = LOUD.stream().map(Logger::getLogger).toList();

    private LogCapture() {}

    static LogCapture start() {
        var capture = new LogCapture();
        capture.loud.forEach(logger -> {
            logger.setLevel(Level.ALL);
            logger.addHandler(capture);
        });
        return capture;
    }

    List<String> lines() {
        return records.stream().map(LogCapture::text).toList();
    }

    /** What an operator sees. */
    public List<String> warnings() {
        return records.stream()
                .filter(record -> record.getLoggerName().startsWith("io.flowmaestro"))
                .filter(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogCapture::text)
                .toList();
    }

    private static String text(LogRecord record) {
        var message = record instanceof ExtLogRecord extended ? extended.getFormattedMessage() : record.getMessage();
        return record.getThrown() == null ? message : message + " " + record.getThrown();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        loud.forEach(logger -> {
            logger.removeHandler(this);
            logger.setLevel(null);
        });
    }
}
