package io.flowmaestro.connections.oauth.provider;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The provider catalogue, which the registry owns. */
public interface Providers {

    Uni<Optional<Provider>> find(String key);

    /** Every provider that has an OAuth method, by key. */
    Uni<List<Provider>> withOAuth();
}
