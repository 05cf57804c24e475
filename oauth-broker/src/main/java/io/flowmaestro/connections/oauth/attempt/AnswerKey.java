package io.flowmaestro.connections.oauth.attempt;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The key under which one answer is sealed: made for one attempt, kept by the vault's envelope beside it. */
public final class AnswerKey implements AutoCloseable {

    static final int BYTES = 32;

    private final byte[] bytes;

    private AnswerKey(byte[] bytes) {
        this.bytes = bytes;
    }

    public static AnswerKey random(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new AnswerKey(bytes);
    }

    /** The key that an envelope held; the array becomes the key's own. */
    public static AnswerKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        return new AnswerKey(bytes);
    }

    /** The one way out, to be sealed by the vault or used by the cipher. */
    public byte[] reveal() {
        return bytes.clone();
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "AnswerKey[redacted]";
    }
}
