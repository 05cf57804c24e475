package io.flowmaestro.connections.registry.listing;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the text that names a place. It carries a fingerprint of the filter and the sort order, since a place
 * in one list is no place in another. It is opaque to callers, and no secret: rows are shown to their owner only,
 * wherever a cursor points.
 */
public final class Cursor {

    private static final byte FORMAT = 2;
    private static final int HEAD = 1 + Long.BYTES + 2 * Long.BYTES;
    private static final int LONGEST_KEY = 2048;

    private Cursor() {}

    public static String encode(long fingerprint, Place place) {
        byte[] key = place.key().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(HEAD + key.length)
                .put(FORMAT)
                .putLong(fingerprint)
                .putLong(place.id().getMostSignificantBits())
                .putLong(place.id().getLeastSignificantBits())
                .put(key)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads a cursor of the same list; any other is 400 {@code cursor-invalid}. */
    public static Place decode(String text, long fingerprint) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() < HEAD
                    || bytes.remaining() > HEAD + LONGEST_KEY
                    || bytes.get() != FORMAT
                    || bytes.getLong() != fingerprint) {
                throw invalid();
            }
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            String key = StandardCharsets.UTF_8.decode(bytes).toString();
            if (StorableText.isUnstorable(key)) {
                throw invalid();
            }
            return new Place(key, id);
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
    }

    /** The same for the same filters and sort order only. */
    public static long fingerprint(@Nullable Object... parts) {
        String text =
                Arrays.stream(parts).map(part -> part == null ? "" : "=" + part).collect(Collectors.joining("\0"));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static ProblemException invalid() {
        return new ProblemException(
                RegistryProblem.CURSOR_INVALID,
                "The cursor is damaged or belongs to a list with other filters. Start again without a cursor.");
    }
}
