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

/**
 * Which of the configured keys an enrolled key is. Each is tried once and remembered, as a key in a key management
 * service costs a call.
 */
@ApplicationScoped
class KeyProofs {

    private static final byte[] KNOWN_TEXT = "flowmaestro.vault.key-check.1".getBytes(US_ASCII);

    /** What a configured key makes of a check value. */
    private sealed interface Proof {
        record Opens(ConfiguredKey key) implements Proof {}

        record Refuses() implements Proof {}

        /** A key management service that is away, or that says no for reasons of its own. */
        record CannotTell(Throwable why) implements Proof {}
    }

    private final ConfiguredKeys configured;
    private final Map<UUID, Optional<ConfiguredKey>> proven = new ConcurrentHashMap<>();

    KeyProofs(ConfiguredKeys configured) {
        this.configured = configured;
    }

    /** The known text, sealed by {@code key} for the row {@code kekId}. */
    static Uni<Bytes> checkValue(KeyEncryptionKey key, UUID kekId) {
        return key.wrap(KNOWN_TEXT, AssociatedData.ofKeyCheck(kekId)).map(Bytes::copyFrom);
    }

    /**
     * The configured key whose check value this is; empty when none of them opens it. Fails when none opened it and one
     * could not tell, but for a retired key, on which nothing depends.
     */
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
                                .map(key -> proof(key, enrolled))
                                .toList())
                        .andFailFast()
                        .chain(proofs -> judge(enrolled, proofs));
    }

    private static Uni<Optional<ConfiguredKey>> judge(EnrolledKey enrolled, List<Proof> proofs) {
        Optional<Throwable> unknown = Optional.empty();
        for (var proof : proofs) {
            switch (proof) {
                case Proof.Opens(var key) -> {
                    return Uni.createFrom().item(Optional.of(key));
                }
                case Proof.CannotTell(var why) -> unknown = Optional.of(why);
                case Proof.Refuses _ -> {}
            }
        }
        return unknown.filter(why -> enrolled.state() != KeyState.RETIRED)
                .<Uni<Optional<ConfiguredKey>>>map(why -> Uni.createFrom().failure(why))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private static Uni<Proof> proof(ConfiguredKey key, EnrolledKey enrolled) {
        return key.key()
                .unwrap(enrolled.checkValue().toByteArray(), AssociatedData.ofKeyCheck(enrolled.kekId()))
                .<Proof>map(
                        text -> MessageDigest.isEqual(text, KNOWN_TEXT) ? new Proof.Opens(key) : new Proof.Refuses())
                .onFailure(DecryptionFailed.class)
                .recoverWithItem(new Proof.Refuses())
                .onFailure()
                .recoverWithItem(Proof.CannotTell::new);
    }
}
