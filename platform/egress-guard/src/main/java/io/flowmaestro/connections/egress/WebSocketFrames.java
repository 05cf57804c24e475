package io.flowmaestro.connections.egress;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Reads a server's frames (RFC 6455, 5.2) from bytes cut anywhere, within a largest size. Not thread-safe. */
final class WebSocketFrames {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int LARGEST_CONTROL = 125;

    private final long largest;
    private Buffer pending = Buffer.buffer();

    WebSocketFrames(long largest) {
        this.largest = largest;
    }

    /** One frame. */
    record Frame(int opcode, boolean last, Buffer payload) {}

    /** The frames that these bytes complete. Fails with {@link EgressFailure} when they break the protocol. */
    List<Frame> feed(Buffer bytes) {
        pending.appendBuffer(bytes);
        var frames = new ArrayList<Frame>();
        int at = 0;
        for (int end = end(at); end >= 0; end = end(at)) {
            frames.add(frame(at, end));
            at = end;
        }
        pending = at == 0 ? pending : pending.getBuffer(at, pending.length());
        return frames;
    }

    /** Where the frame that begins there ends; -1 while it is not complete. */
    private int end(int at) {
        int there = pending.length() - at;
        if (there < 2) {
            return -1;
        }
        int header = headerLength(at);
        if (there < header) {
            return -1;
        }
        long payload = payloadLength(at);
        if (payload < 0 || payload > largest) {
            throw new EgressFailure(EgressFailure.Kind.TOO_LARGE, true, null);
        }
        return there < header + payload ? -1 : (int) (at + header + payload);
    }

    private int headerLength(int at) {
        int first = pending.getUnsignedByte(at);
        int second = pending.getUnsignedByte(at + 1);
        boolean control = (first & 0x08) != 0;
        boolean fine = (first & 0x70) == 0
                && (second & 0x80) == 0
                && (!control || ((first & 0x80) != 0 && (second & 0x7f) <= LARGEST_CONTROL));
        if (!fine) {
            throw new EgressFailure(EgressFailure.Kind.PROTOCOL, true, null);
        }
        return switch (second & 0x7f) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private long payloadLength(int at) {
        int length = pending.getUnsignedByte(at + 1) & 0x7f;
        return switch (length) {
            case 126 -> pending.getUnsignedShort(at + 2);
            case 127 -> pending.getLong(at + 2);
            default -> length;
        };
    }

    private Frame frame(int at, int end) {
        int first = pending.getUnsignedByte(at);
        return new Frame(first & 0x0f, (first & 0x80) != 0, pending.getBuffer(at + headerLength(at), end));
    }

    /** A frame of ours, which has to be masked (5.3). */
    static Buffer write(int opcode, byte[] payload, byte[] mask) {
        var frame = Buffer.buffer(payload.length + 14).appendUnsignedByte((short) (0x80 | opcode));
        if (payload.length <= LARGEST_CONTROL) {
            frame.appendUnsignedByte((short) (0x80 | payload.length));
        } else if (payload.length <= 0xffff) {
            frame.appendUnsignedByte((short) (0x80 | 126)).appendUnsignedShort(payload.length);
        } else {
            frame.appendUnsignedByte((short) (0x80 | 127)).appendLong(payload.length);
        }
        frame.appendBytes(mask);
        var masked = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            masked[i] = (byte) (payload[i] ^ mask[i & 3]);
        }
        return frame.appendBytes(masked);
    }
}
