package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flowmaestro.connections.catalog.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider in the public list.
 *
 * @param methods as {@code connection_method} spells them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProviderSummary(
        String key,
        String name,
        String category,
        @Nullable String description,
        @Nullable String icon,
        @Nullable String docsUrl,
        String source,
        List<String> methods) {

    static ProviderSummary of(Provider provider) {
        return new ProviderSummary(
                provider.key(),
                provider.name(),
                provider.category(),
                provider.description(),
                provider.icon(),
                provider.docsUrl(),
                provider.source() == null ? "bundled" : provider.source(),
                provider.methods().names());
    }
}
