package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/**
 * The last row of a page: where the next one goes on. It carries a fingerprint of the filter and the sort order, since
 * a place in one list is no place in another.
 */
record Cursor(Instant createdAt, UUID id) {

    private static final byte FORMAT = 1;
    private static final int LENGTH = 1 + 8 + 8 + 16;

    /** Opaque to callers, and no secret: rows are shown to their owner only, wherever the cursor points. */
    String encode(long fingerprint) {
        byte[] bytes = ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .putLong(fingerprint)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads a cursor of the same list; any other is 400 {@code cursor-invalid}. */
    static Cursor decode(String text, long fingerprint) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != LENGTH || bytes.get() != FORMAT || bytes.getLong() != fingerprint) {
                throw invalid();
            }
            long micros = bytes.getLong();
            if (micros < 0 || micros > Cursor.MAX_MICROS) {
                throw invalid();
            }
            return new Cursor(
                    Instant.EPOCH.plus(micros, ChronoUnit.MICROS), new UUID(bytes.getLong(), bytes.getLong()));
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    /** The year 10000, which PostgreSQL and the client still represent. */
    private static final long MAX_MICROS = 253_402_300_800_000_000L;

    private static ProblemException invalid() {
        return new ProblemException(
                RegistryProblem.CURSOR_INVALID,
                "The cursor is damaged or belongs to a list with other filters. Start again without a cursor.");
    }
}
