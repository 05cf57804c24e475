package io.flowmaestro.connections.vault.keyring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.EnvelopeFormat;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.envelope.SealedBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Everything that can be changed about one sealed record, tried: its text, its bytes, its place and its key. */
final class Forgeries {

    private final Set<String> answers;
    private long tried;
    private long accepted;

    /**
     * @param answers to which every different refusal is added
     */
    Forgeries(Set<String> answers) {
        this.answers = answers;
    }

    long tried() {
        return tried;
    }

    long accepted() {
        return accepted;
    }

    /** Tries them all on a record of {@code key}; {@code material} is the key's, and {@code other} another record's. */
    void of(DataKey key, byte[] material, RecordContext context, Envelope envelope, Envelope other) {
        flippedTexts(key, context, envelope);
        flippedBytes(key, context, envelope);
        flippedIdentity(material, context, envelope);
        swapped(key, material, context, envelope, other);
        truncated(key, context, envelope);
    }

    /** Every bit of every character of the stored form: of values, of numbers, and of the fields' names. */
    private void flippedTexts(DataKey key, RecordContext context, Envelope envelope) {
        for (var field : List.of("key_id", "nonce", "ciphertext", "tag")) {
            var text = EnvelopeFormat.write(envelope).get(field).textValue().getBytes(StandardCharsets.ISO_8859_1);
            for (int bit = 0; bit < text.length * Byte.SIZE; bit++) {
                read(key, context, EnvelopeFormat.write(envelope).put(field, latin1(flip(text, bit))));
            }
        }
        for (var field : List.of("format", "key_version")) {
            int number = EnvelopeFormat.write(envelope).get(field).intValue();
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                read(key, context, EnvelopeFormat.write(envelope).put(field, number ^ 1 << bit));
            }
        }
        for (var field : List.of("format", "key_id", "key_version", "nonce", "ciphertext", "tag")) {
            var name = field.getBytes(StandardCharsets.ISO_8859_1);
            for (int bit = 0; bit < name.length * Byte.SIZE; bit++) {
                var renamed = EnvelopeFormat.write(envelope);
                renamed.set(latin1(flip(name, bit)), renamed.remove(field));
                read(key, context, renamed);
            }
        }
    }

    /** Every bit of nonce, ciphertext and tag, in a form that is otherwise perfect. */
    private void flippedBytes(DataKey key, RecordContext context, Envelope envelope) {
        var sealed = envelope.sealed().toByteArray();
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            read(
                    key,
                    context,
                    EnvelopeFormat.write(new Envelope(envelope.key(), SealedBytes.copyOf(flip(sealed, bit)))));
        }
    }

    /**
     * Every bit of what is authenticated beside the ciphertext: user, connection, key id and version. The key has the
     * very same bytes each time, so that only the associated data can tell.
     */
    private void flippedIdentity(byte[] material, RecordContext context, Envelope envelope) {
        for (int bit = 0; bit < 2 * Long.SIZE; bit++) {
            var user = new KeyScope(flip(context.scope().user(), bit));
            var elsewhere = flip(context.connection(), bit);
            var otherKey = new KeyVersion(
                    flip(envelope.key().keyId(), bit), envelope.key().version());
            sameMaterial(material, new RecordContext(user, context.connection(), context.purpose()), envelope);
            sameMaterial(material, new RecordContext(context.scope(), elsewhere, context.purpose()), envelope);
            sameMaterial(material, context, new Envelope(otherKey, envelope.sealed()));
        }
        for (int bit = 0; bit < Integer.SIZE - 1; bit++) {
            int version = envelope.key().version() ^ 1 << bit;
            if (version > 0) {
                var relabelled = new KeyVersion(envelope.key().keyId(), version);
                sameMaterial(material, context, new Envelope(relabelled, envelope.sealed()));
            }
        }
    }

    /** Whole parts of another record, and the key of another user or version under this one's label. */
    private void swapped(DataKey key, byte[] material, RecordContext context, Envelope envelope, Envelope other) {
        read(key, context, EnvelopeFormat.write(other));
        for (var field : List.of("nonce", "ciphertext", "tag")) {
            var mixed = EnvelopeFormat.write(envelope);
            mixed.set(field, EnvelopeFormat.write(other).get(field));
            read(key, context, mixed);
        }
        var bob = new KeyScope(UUID.randomUUID());
        var bobs = DataKey.of(bob, envelope.key(), 1, material.clone());
        attempt(() -> bobs.open(context, envelope));
        attempt(() -> key.open(new RecordContext(bob, context.connection(), context.purpose()), envelope));
        for (int version = 1; version < envelope.key().version(); version++) {
            var former = new KeyVersion(envelope.key().keyId(), version);
            read(key, context, EnvelopeFormat.write(envelope).put("key_version", version));
            sameMaterial(material, context, new Envelope(former, envelope.sealed()));
        }
    }

    /** Every shorter form of each part, and a byte more of each. */
    private void truncated(DataKey key, RecordContext context, Envelope envelope) {
        for (var field : List.of("nonce", "ciphertext", "tag")) {
            var bytes = Base64.getDecoder()
                    .decode(EnvelopeFormat.write(envelope).get(field).textValue());
            for (int length = 0; length <= bytes.length + 1; length++) {
                if (length != bytes.length) {
                    var resized = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
                    read(key, context, EnvelopeFormat.write(envelope).put(field, resized));
                }
            }
        }
        var sealed = envelope.sealed().toByteArray();
        for (int length = 0; length < sealed.length; length++) {
            var shorter = new Envelope(envelope.key(), SealedBytes.copyOf(Arrays.copyOf(sealed, length)));
            attempt(() -> key.open(context, shorter));
        }
    }

    private void read(DataKey key, RecordContext context, ObjectNode stored) {
        attempt(() -> key.open(context, EnvelopeFormat.read(stored)));
    }

    private void sameMaterial(byte[] material, RecordContext context, Envelope envelope) {
        attempt(() ->
                DataKey.of(context.scope(), envelope.key(), 1, material.clone()).open(context, envelope));
    }

    private void attempt(Runnable opening) {
        tried++;
        try {
            opening.run();
            accepted++;
        } catch (RuntimeException refusal) {
            answers.add(described(refusal));
        }
    }

    /** All that a caller could tell one refusal from another by. */
    private static String described(RuntimeException refusal) {
        return refusal instanceof DecryptionFailed
                ? refusal + " cause=" + refusal.getCause() + " stack=" + refusal.getStackTrace().length
                : refusal.toString();
    }

    static Set<String> noAnswers() {
        return new TreeSet<>();
    }

    private static byte[] flip(byte[] bytes, int bit) {
        var flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }

    private static UUID flip(UUID id, int bit) {
        return bit < Long.SIZE
                ? new UUID(id.getMostSignificantBits() ^ 1L << bit, id.getLeastSignificantBits())
                : new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1L << bit);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
