package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.flowmaestro.connections.catalog.Category;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider in the public list.
 *
 * @param methods as {@code connection_method} spells them
 * @param configured whether every method can be used; absent for OAuth until oauth-broker has told which clients it has
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProviderSummary(
        String key,
        String name,
        Category category,
        @Nullable String description,
        @Nullable String icon,
        @Nullable String docsUrl,
        @Nullable Source source,
        List<String> methods,
        @Nullable Boolean configured) {

    static ProviderSummary of(Provider provider, OAuthClients clients) {
        return new ProviderSummary(
                provider.key(),
                provider.name(),
                provider.category(),
                provider.description(),
                provider.icon(),
                provider.docsUrl(),
                provider.source(),
                provider.methods().names(),
                clients.configured(provider).orElse(null));
    }
}
