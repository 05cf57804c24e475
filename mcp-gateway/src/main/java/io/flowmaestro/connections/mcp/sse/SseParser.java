package io.flowmaestro.connections.mcp.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The event stream format of the WHATWG HTML standard (9.2.6), fed with bytes cut anywhere. Not thread-safe. */
public final class SseParser {

    private static final String MESSAGE = "message";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private final int largestEvent;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private String type = "";
    private String id;
    private String lastId;
    private Optional<Duration> retry = Optional.empty();
    private boolean afterCarriageReturn;
    private boolean atStart = true;
    private int size;

    /** Takes the largest event, in bytes of all its lines, before it gives up. */
    public SseParser(int largestEvent) {
        this(largestEvent, "");
    }

    /** Goes on where another stream has ended: at that last event id. */
    public SseParser(int largestEvent, String lastId) {
        this.largestEvent = largestEvent;
        this.id = lastId;
        this.lastId = lastId;
    }

    /** Of the last event that was complete, with or without data; empty if none had one. */
    public String lastId() {
        return lastId;
    }

    /** How long the server wants us to wait before the stream is asked for again. */
    public Optional<Duration> retry() {
        return retry;
    }

    /**
     * Takes the next bytes and gives the events they complete.
     *
     * @throws EventTooLarge when one event, comments included, goes over the limit
     */
    public List<SseEvent> feed(byte[] chunk) {
        var events = new ArrayList<SseEvent>();
        for (byte next : chunk) {
            boolean partOfCrLf = afterCarriageReturn && next == '\n';
            afterCarriageReturn = next == '\r';
            if (partOfCrLf) {
                continue;
            }
            if (next == '\n' || next == '\r') {
                endLine(events);
            } else {
                append(next);
            }
        }
        return events;
    }

    private void append(byte next) {
        if (++size > largestEvent) {
            throw new EventTooLarge();
        }
        line.write(next);
    }

    private void endLine(List<SseEvent> events) {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (atStart && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        atStart = false;
        if (text.isEmpty()) {
            dispatch(events);
        } else {
            field(text);
        }
    }

    private void field(String text) {
        int colon = text.indexOf(':');
        var name = colon < 0 ? text : text.substring(0, colon);
        var value = colon < 0 ? "" : text.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        switch (name) {
            case "data" -> {
                data.append(value).append('\n');
                hasData = true;
            }
            case "event" -> type = value;
            case "id" -> id = value.indexOf('\0') < 0 ? value : id;
            case "retry" -> retry = DIGITS.matcher(value).matches() ? Optional.of(millis(value)) : retry;
            default -> {} // comments (empty name), and what later versions may add
        }
    }

    private static Duration millis(String digits) {
        return Duration.ofMillis(Long.parseLong(digits));
    }

    private void dispatch(List<SseEvent> events) {
        lastId = id;
        if (hasData) {
            events.add(new SseEvent(type.isEmpty() ? MESSAGE : type, data.substring(0, data.length() - 1), id));
        }
        data.setLength(0);
        hasData = false;
        type = "";
        size = 0;
    }
}
