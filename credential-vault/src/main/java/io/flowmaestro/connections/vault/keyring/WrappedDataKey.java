package io.flowmaestro.connections.vault.keyring;

import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import java.util.UUID;

/** A data key as it is stored: of use only to who holds the key encryption key {@code kekId}. */
record WrappedDataKey(KeyScope scope, KeyVersion version, UUID kekId, Bytes wrapped) {}
