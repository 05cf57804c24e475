package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.keyring.DataKey;
import io.flowmaestro.connections.vault.keyring.KeyRing;
import io.flowmaestro.connections.vault.keyring.UnusableDataKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Finds the data keys that a call's envelopes name, each once. */
@ApplicationScoped
class OpeningKeys {

    private static final Logger LOG = Logger.getLogger(OpeningKeys.class);

    /** A batch may name a hundred keys that do not exist; it must not take the whole pool. */
    private static final int AT_ONCE = 4;

    private final KeyRing keyRing;

    OpeningKeys(KeyRing keyRing) {
        this.keyRing = keyRing;
    }

    /** The keys by version; one that the user does not have, or not any more, is missing. */
    Uni<Map<KeyVersion, DataKey>> of(KeyScope scope, List<SealedRecord> records) {
        var versions = records.stream()
                .flatMap(record -> record.envelope().stream())
                .map(Envelope::key)
                .distinct()
                .toList();
        return versions.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : Uni.join()
                        .all(versions.stream()
                                .map(version -> find(scope, version))
                                .toList())
                        .usingConcurrencyOf(AT_ONCE)
                        .andFailFast()
                        .map(OpeningKeys::byVersion);
    }

    private Uni<Optional<DataKey>> find(KeyScope scope, KeyVersion version) {
        return keyRing.toOpen(scope, version)
                .map(Optional::of)
                .onFailure(UnusableDataKey.class)
                .invoke(OpeningKeys::tellOperator)
                .onFailure(failure -> failure instanceof DecryptionFailed || failure instanceof UnusableDataKey)
                .recoverWithItem(Optional.empty());
    }

    /** The operator learns from the log what the caller does not. */
    private static void tellOperator(Throwable key) {
        LOG.errorf("%s: its row was altered, or it was wrapped by another key", key.getMessage());
    }

    private static Map<KeyVersion, DataKey> byVersion(List<Optional<DataKey>> found) {
        return found.stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableMap(DataKey::version, Function.identity()));
    }
}
