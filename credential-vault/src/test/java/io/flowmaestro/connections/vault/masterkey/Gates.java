package io.flowmaestro.connections.vault.masterkey;

import com.google.crypto.tink.util.Bytes;
import io.smallrye.mutiny.Uni;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Gates for the tests of other packages, without a database. */
public final class Gates {

    private Gates() {}

    /** A vault that starts with this key on a database that was sealed with it. */
    public static KeyGate open(UUID kekId, byte[] key) {
        var local = LocalKey.of(key.clone());
        return new KeyGate(new KeyCheck(local, new Fitting(kekId, local)), new Termination());
    }

    private record Fitting(UUID kekId, LocalKey key) implements EnrolledKeys {

        @Override
        public Uni<Optional<EnrolledKey>> primary() {
            return KeyCheck.checkValue(key, kekId)
                    .map(value -> Optional.of(new EnrolledKey(kekId, value, OffsetDateTime.now(ZoneOffset.UTC))));
        }

        @Override
        public Uni<EnrolledKey> enrol(UUID id, Bytes checkValue) {
            throw new AssertionError("there is a key already");
        }
    }
}
