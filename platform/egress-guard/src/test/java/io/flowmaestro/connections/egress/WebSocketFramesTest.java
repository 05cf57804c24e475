package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {

    private static final byte[] NO_MASK = new byte[4];

    /** As a server would send it: without a mask. */
    private static Buffer ofServer(int first, byte[] payload) {
        var frame = Buffer.buffer().appendUnsignedByte((short) first);
        if (payload.length < 126) {
            frame.appendUnsignedByte((short) payload.length);
        } else if (payload.length < 65536) {
            frame.appendUnsignedByte((short) 126).appendUnsignedShort(payload.length);
        } else {
            frame.appendUnsignedByte((short) 127).appendLong(payload.length);
        }
        return frame.appendBytes(payload);
    }

    private static EgressFailure failure(WebSocketFrames frames, Buffer bytes) {
        return catchThrowableOfType(EgressFailure.class, () -> frames.feed(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65535, 65536, 100_000})
    void areReadWhateverTheirLength(int length) {
        var frames = new WebSocketFrames(200_000).feed(ofServer(0x81, new byte[length]));

        assertThat(frames).singleElement().satisfies(frame -> {
            assertThat(frame.opcode()).isEqualTo(WebSocketFrames.TEXT);
            assertThat(frame.last()).isTrue();
            assertThat(frame.payload().length()).isEqualTo(length);
        });
    }

    @Test
    void areReadFromBytesCutAnywhere() {
        var bytes = ofServer(0x01, "hel".getBytes())
                .appendBuffer(ofServer(0x89, "p".getBytes()))
                .appendBuffer(ofServer(0x80, new byte[300]));
        var frames = new WebSocketFrames(1000);
        var read = new ArrayList<WebSocketFrames.Frame>();
        for (int at = 0; at < bytes.length(); at++) {
            read.addAll(frames.feed(bytes.getBuffer(at, at + 1)));
        }

        assertThat(read.stream().map(WebSocketFrames.Frame::opcode))
                .containsExactly(WebSocketFrames.TEXT, WebSocketFrames.PING, WebSocketFrames.CONTINUATION);
        assertThat(read.stream().map(WebSocketFrames.Frame::last)).isEqualTo(List.of(false, true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "c1, 00", // a reserved bit
        "81, 80", // masked by a server
        "09, 00", // a control frame in pieces
        "89, 7e", // a long control frame
    })
    void thatBreakTheRulesAreRefused(String first, String second) {
        var bytes = Buffer.buffer()
                .appendUnsignedByte(Short.parseShort(first, 16))
                .appendUnsignedByte(Short.parseShort(second, 16));

        assertThat(failure(new WebSocketFrames(1000), bytes).kind()).isEqualTo(EgressFailure.Kind.PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1001, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void thatAreTooLongAreRefusedBeforeTheyHaveCome(long length) {
        var header = Buffer.buffer()
                .appendUnsignedByte((short) 0x81)
                .appendUnsignedByte((short) 127)
                .appendLong(length);

        assertThat(failure(new WebSocketFrames(1000), header).kind()).isEqualTo(EgressFailure.Kind.TOO_LARGE);
    }

    @Test
    void ofOursAreMasked() {
        var mask = new byte[] {1, 2, 3, 4};
        var frame = WebSocketFrames.write(WebSocketFrames.TEXT, new byte[] {10, 10, 10, 10, 10}, mask);

        assertThat(frame.getBytes()).isEqualTo(new byte[] {(byte) 0x81, (byte) 0x85, 1, 2, 3, 4, 11, 8, 9, 14, 11});
        assertThat(WebSocketFrames.write(WebSocketFrames.TEXT, new byte[70_000], NO_MASK)
                        .length())
                .isEqualTo(70_000 + 14);
    }
}
