package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.Provider;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the public list is narrowed to; absent parts match everything. */
record ProviderFilter(
        @Nullable String category,
        @Nullable String method,
        @Nullable String q) {

    boolean matches(Provider provider) {
        return (category == null || category.equals(provider.category()))
                && (method == null || provider.methods().names().contains(method))
                && (q == null || contains(provider.name(), q) || contains(provider.key(), q));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
