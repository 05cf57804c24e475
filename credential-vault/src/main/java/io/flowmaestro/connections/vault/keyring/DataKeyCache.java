package io.flowmaestro.connections.vault.keyring;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.flight.CallerContext;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Unwrapped data keys, bounded in number and time, and fetched once however many ask at once. A key is found only under
 * its own scope. The bytes it came from were wiped when it was unwrapped; eviction drops the last reference to the
 * primitive, which cannot be wiped.
 */
@ApplicationScoped
class DataKeyCache {

    /** An empty version stands for the newest. */
    private record Place(KeyScope scope, Optional<KeyVersion> version) {}

    private final AsyncCache<Place, DataKey> keys;

    DataKeyCache(DataKeyCacheConfig config) {
        keys = Caffeine.newBuilder()
                .expireAfterWrite(config.ttl())
                .maximumSize(config.maximumSize())
                .buildAsync();
    }

    Uni<DataKey> newest(KeyScope scope, Supplier<Uni<DataKey>> load) {
        return get(new Place(scope, Optional.empty()), load);
    }

    Uni<DataKey> find(KeyScope scope, KeyVersion version, Supplier<Uni<DataKey>> load) {
        return get(new Place(scope, Optional.of(version)), load);
    }

    /** The next call fetches this key anew, as newest and by its version. */
    void forget(DataKey key) {
        forgetNewest(key.scope());
        keys.synchronous().invalidate(new Place(key.scope(), Optional.of(key.version())));
    }

    /** The next call fetches the scope's newest key anew. */
    void forgetNewest(KeyScope scope) {
        keys.synchronous().invalidate(new Place(scope, Optional.empty()));
    }

    /** A load goes on when a caller hangs up, as others may wait for it; one that fails is not kept. */
    private Uni<DataKey> get(Place place, Supplier<Uni<DataKey>> load) {
        CompletableFuture<DataKey> key = keys.get(place, (_, _) -> load.get().subscribeAsCompletionStage());
        return key.state() == CompletableFuture.State.SUCCESS
                ? Uni.createFrom().item(key.resultNow())
                : Uni.createFrom().completionStage(key.copy()).emitOn(CallerContext.current());
    }
}
