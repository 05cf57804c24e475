package io.flowmaestro.connections.vault.keyring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Unwrapped data keys, bounded in number and time. A key is found only under its own scope. The bytes it came from were
 * wiped when it was unwrapped; eviction drops the last reference to the primitive, which cannot be wiped.
 */
@ApplicationScoped
class DataKeyCache {

    private record Place(KeyScope scope, KeyVersion version) {}

    private final Cache<KeyScope, DataKey> newest;
    private final Cache<Place, DataKey> versions;

    DataKeyCache(DataKeyCacheConfig config) {
        newest = cache(config);
        versions = cache(config);
    }

    Optional<DataKey> newest(KeyScope scope) {
        return Optional.ofNullable(newest.getIfPresent(scope));
    }

    Optional<DataKey> find(KeyScope scope, KeyVersion version) {
        return Optional.ofNullable(versions.getIfPresent(new Place(scope, version)));
    }

    void keep(DataKey key) {
        versions.put(new Place(key.scope(), key.version()), key);
    }

    void keepAsNewest(DataKey key) {
        newest.put(key.scope(), key);
        keep(key);
    }

    private static <K> Cache<K, DataKey> cache(DataKeyCacheConfig config) {
        return Caffeine.newBuilder()
                .expireAfterWrite(config.ttl())
                .maximumSize(config.maximumSize())
                .build();
    }
}
