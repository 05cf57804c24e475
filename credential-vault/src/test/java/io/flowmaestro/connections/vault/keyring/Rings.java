package io.flowmaestro.connections.vault.keyring;

import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.vault.masterkey.Gates;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Key rings as replicas have them: each with a memory of its own. */
final class Rings {

    private Rings() {}

    static KeyRing inMemory() {
        var gate = new Gates().holding(Random.randBytes(32));
        return of(gate, new DataKeysInMemory(), 1 << 30, 4096);
    }

    static KeyRing of(KeyGate gate, DataKeys keys) {
        return of(gate, keys, 1 << 30, 4096);
    }

    static KeyRing of(KeyGate gate, DataKeys keys, long maximumMessages, long reservation) {
        RotationLog log = (_, _) -> Uni.createFrom().voidItem();
        return new KeyRing(gate, keys, new DataKeyCache(new Limits()), new Bound(maximumMessages, reservation), log);
    }

    static KeyRing of(KeyGate gate, DataKeys keys, long maximumMessages, long reservation, RotationLog log) {
        return new KeyRing(gate, keys, new DataKeyCache(new Limits()), new Bound(maximumMessages, reservation), log);
    }

    private record Bound(long maximumMessages, long reservation) implements DataKeyConfig {}

    private record Limits() implements DataKeyCacheConfig {

        @Override
        public Duration ttl() {
            return Duration.ofMinutes(5);
        }

        @Override
        public int maximumSize() {
            return 10_000;
        }
    }
}
