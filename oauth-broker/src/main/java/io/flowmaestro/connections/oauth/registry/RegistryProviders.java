package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.provider.Providers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue by the registry's internal API. Definitions are used for a short while, then checked by ETag; while the
 * registry is away, the last known ones hold. Only providers that exist are remembered, so the memory is bounded.
 */
@ApplicationScoped
class RegistryProviders implements Providers {

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int NOT_MODIFIED = 304;

    private final RegistryClient registry;
    private final RegistryConfig config;
    private final Clock clock;
    private final Map<String, Remembered<Provider>> byKey = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Remembered<List<Provider>>> all = new AtomicReference<>();

    RegistryProviders(@RestClient RegistryClient registry, RegistryConfig config, Clock clock) {
        this.registry = registry;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Uni<Optional<Provider>> find(String key) {
        if (!KEY.matcher(key).matches()) {
            return Uni.createFrom().item(Optional.empty());
        }
        var known = byKey.get(key);
        if (known != null && isFresh(known)) {
            return Uni.createFrom().item(known.value()).map(Optional::of);
        }
        return Detached.call(registry.provider(key, known == null ? null : known.etag()))
                .map(answer -> update(known, answer, ProviderReading::of))
                .invoke(read -> byKey.put(key, read))
                .map(read -> Optional.of(read.value()))
                .onFailure(failure -> RegistryFailures.hasStatus(failure, 404))
                .recoverWithItem(() -> forget(key))
                .onFailure()
                .recoverWithUni(failure -> lastKnown(known, failure).map(Optional::of));
    }

    @Override
    public Uni<List<Provider>> withOAuth() {
        var known = all.get();
        if (known != null && isFresh(known)) {
            return Uni.createFrom().item(known.value());
        }
        return Detached.call(registry.providers(known == null ? null : known.etag()))
                .map(answer -> update(known, answer, RegistryProviders::oauthOnly))
                .invoke(all::set)
                .map(Remembered::value)
                .onFailure()
                .recoverWithUni(failure -> lastKnown(known, failure));
    }

    private boolean isFresh(Remembered<?> known) {
        return clock.instant().isBefore(known.checkedAt().plus(config.providerCache()));
    }

    private <W, T> Remembered<T> update(
            @Nullable Remembered<T> known, RestResponse<Answer<W>> answer, Function<W, T> reading) {
        Instant now = clock.instant();
        if (known != null && answer.getStatus() == NOT_MODIFIED) {
            return known.confirmed(now);
        }
        return new Remembered<>(reading.apply(answer.getEntity().data()), answer.getHeaderString("ETag"), now);
    }

    private Optional<Provider> forget(String key) {
        byKey.remove(key);
        return Optional.empty();
    }

    private static <T> Uni<T> lastKnown(@Nullable Remembered<T> known, Throwable failure) {
        return known == null
                ? Uni.createFrom().failure(RegistryFailures.unavailable(failure))
                : Uni.createFrom().item(known.value());
    }

    private static List<Provider> oauthOnly(List<ProviderWire> wires) {
        return wires.stream()
                .map(ProviderReading::of)
                .filter(provider -> provider.oauth() != null)
                .sorted(Comparator.comparing(Provider::key))
                .toList();
    }
}
