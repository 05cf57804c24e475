package io.flowmaestro.connections.vault.masterkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.envelope.AssociatedData;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Which of the configured keys an enrolled key is. Each is tried once and remembered, as a key in a key management
 * service costs a call.
 */
@ApplicationScoped
class KeyProofs {

    private static final byte[] KNOWN_TEXT = "flowmaestro.vault.key-check.1".getBytes(US_ASCII);

    private final ConfiguredKeys configured;
    private final Map<UUID, Optional<ConfiguredKey>> proven = new ConcurrentHashMap<>();

    KeyProofs(ConfiguredKeys configured) {
        this.configured = configured;
    }

    /** The known text, sealed by {@code key} for the row {@code kekId}. */
    static Uni<Bytes> checkValue(KeyEncryptionKey key, UUID kekId) {
        return key.wrap(KNOWN_TEXT, AssociatedData.ofKeyCheck(kekId)).map(Bytes::copyFrom);
    }

    /** The configured key whose check value this is; empty when none of them opens it. */
    Uni<Optional<ConfiguredKey>> holder(EnrolledKey enrolled) {
        var known = proven.get(enrolled.kekId());
        return known != null
                ? Uni.createFrom().item(known)
                : prove(enrolled).invoke(holder -> proven.put(enrolled.kekId(), holder));
    }

    private Uni<Optional<ConfiguredKey>> prove(EnrolledKey enrolled) {
        var candidates = configured.all().stream()
                .filter(key -> key.provider().equals(enrolled.provider()))
                .toList();
        return candidates.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : Uni.join()
                        .all(candidates.stream()
                                .map(key -> opens(key.key(), enrolled))
                                .toList())
                        .andFailFast()
                        .map(opened -> firstThatOpened(candidates, opened));
    }

    private static Optional<ConfiguredKey> firstThatOpened(List<ConfiguredKey> candidates, List<Boolean> opened) {
        return IntStream.range(0, candidates.size())
                .filter(opened::get)
                .mapToObj(candidates::get)
                .findFirst();
    }

    private static Uni<Boolean> opens(KeyEncryptionKey key, EnrolledKey enrolled) {
        return key.unwrap(enrolled.checkValue().toByteArray(), AssociatedData.ofKeyCheck(enrolled.kekId()))
                .map(text -> MessageDigest.isEqual(text, KNOWN_TEXT))
                .onFailure(DecryptionFailed.class)
                .recoverWithItem(false);
    }
}
