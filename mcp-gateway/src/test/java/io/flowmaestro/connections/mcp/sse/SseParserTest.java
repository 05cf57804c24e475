package io.flowmaestro.connections.mcp.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

    private static final String STREAM = "\uFEFF: welcome\n\nevent: message\nid: 7\ndata: {\"a\":\ndata:  \"ü€😀\"}\n\n"
            + "retry: 10\nunknown: x\ndata\n\nevent: other\ndata:tight\n\nid: 8\n\ndata: last\n\ndata: cut off";

    private static final List<SseEvent> EVENTS = List.of(
            new SseEvent("message", "{\"a\":\n \"ü€😀\"}", "7"),
            new SseEvent("message", "", "7"),
            new SseEvent("other", "tight", "7"),
            new SseEvent("message", "last", "8"));

    private static List<SseEvent> parse(byte[]... chunks) {
        var parser = new SseParser(1000);
        var events = new ArrayList<SseEvent>();
        for (var chunk : chunks) {
            events.addAll(parser.feed(chunk));
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsTheSameEventsWhereverTheBytesAreCut(String lineEnd) {
        var bytes = STREAM.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);

        assertThat(parse(bytes)).isEqualTo(EVENTS);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= Math.min(bytes.length, first + 5); second++) {
                assertThat(parse(
                                Arrays.copyOfRange(bytes, 0, first),
                                Arrays.copyOfRange(bytes, first, second),
                                Arrays.copyOfRange(bytes, second, bytes.length)))
                        .as("cut at %s and %s", first, second)
                        .isEqualTo(EVENTS);
            }
        }
    }

    @Test
    void readsTheSameEventsByteForByte() {
        var parser = new SseParser(1000);
        var events = new ArrayList<SseEvent>();
        for (byte next : STREAM.getBytes(StandardCharsets.UTF_8)) {
            events.addAll(parser.feed(new byte[] {next}));
        }
        assertThat(events).isEqualTo(EVENTS);
    }

    @Test
    void ignoresAnIdWithANullCharacter() {
        assertThat(parse("id: a\0b\ndata: x\n\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(new SseEvent("message", "x", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", ": ", "data: x\ndata: y\n", "id: 1\n", ""})
    void givesUpOnAnEventThatNeverEnds(String start) {
        var parser = new SseParser(1000);
        parser.feed(start.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> parser.feed("x".repeat(1001).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EventTooLarge.class);
    }

    @Test
    void countsTheLinesOfOneEventTogetherAndEachEventAnew() {
        var parser = new SseParser(100);
        var line = ("data: " + "x".repeat(50) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10; i++) {
            parser.feed(line);
            parser.feed("\n".getBytes(StandardCharsets.UTF_8));
        }
        parser.feed(line);

        assertThatThrownBy(() -> parser.feed(line)).isInstanceOf(EventTooLarge.class);
    }

    @Test
    void survivesNoise() {
        var random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThat(parse(noise)).isNotNull();
        }
    }

    private static SseParser fed(String lastId, String text) {
        var parser = new SseParser(1000, lastId);
        parser.feed(text.getBytes(StandardCharsets.UTF_8));
        return parser;
    }

    @Test
    void keepsTheIdOfTheLastCompleteEventEvenOfOneWithoutData() {
        assertThat(fed("", "id: a\ndata: x\n\nid: b\n\n").lastId()).isEqualTo("b");
        assertThat(fed("", "id: a\n\nid: cut off").lastId()).isEqualTo("a");
        assertThat(fed("", "id: a\n\nid\n\n").lastId()).isEmpty();
        assertThat(fed("before", "data: x\n\n").lastId()).isEqualTo("before");
    }

    @Test
    void keepsHowLongToWaitInDigitsAlone() {
        assertThat(fed("", "retry: 250\n\n").retry()).contains(Duration.ofMillis(250));
        assertThat(fed("", "retry: 250\nretry: soon\nretry: -1\nretry: 99999999999999999999\n\n")
                        .retry())
                .contains(Duration.ofMillis(250));
        assertThat(fed("", "data: x\n\n").retry()).isEmpty();
    }
}
