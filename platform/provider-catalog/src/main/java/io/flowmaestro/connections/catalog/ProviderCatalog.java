package io.flowmaestro.connections.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * All providers at one moment, by key, and the files that could not be used.
 *
 * @param problems one message per unusable file
 * @param etag hash of the content; the same content has the same one on every replica
 */
public record ProviderCatalog(SequencedMap<String, Provider> providers, List<String> problems, String etag) {

    static ProviderCatalog of(Collection<Provider> providers, List<String> problems) {
        TreeMap<String, Provider> byKey = new TreeMap<>();
        providers.forEach(provider -> byKey.put(provider.key(), provider));
        return new ProviderCatalog(byKey, List.copyOf(problems), ContentHash.of(byKey));
    }

    public Optional<Provider> find(String key) {
        return Optional.ofNullable(providers.get(key));
    }

    /** Providers by key in alphabetical order. */
    public List<Provider> all() {
        return List.copyOf(providers.values());
    }
}
