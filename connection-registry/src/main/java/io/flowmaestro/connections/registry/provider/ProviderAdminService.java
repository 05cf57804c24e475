package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What administrators do to the catalogue. A secret is sealed before anything is stored: a crash in between leaves the
 * entry as it was. This replica knows a change at once, the others within seconds.
 */
@ApplicationScoped
class ProviderAdminService {

    private final DefinedProviders defined;
    private final DefinedCatalog catalog;
    private final Providers providers;
    private final ClientSecrets secrets;
    private final SendingGuard sending;

    ProviderAdminService(
            DefinedProviders defined,
            DefinedCatalog catalog,
            Providers providers,
            ClientSecrets secrets,
            SendingGuard sending) {
        this.defined = defined;
        this.catalog = catalog;
        this.providers = providers;
        this.secrets = secrets;
        this.sending = sending;
    }

    /** Bundled entries and files of the same key are hidden by it, and what they say of sending holds for it. */
    Uni<AdminProvider> create(Caller by, @Nullable JsonNode body) {
        ProviderDefinition entry = ProviderDefinition.read(body, Optional.empty());
        return sending.require(entry)
                .chain(() -> sealed(entry))
                .chain(envelope -> defined.insert(by, entry, envelope.orElse(null)))
                .map(
                        made -> made.orElseThrow(
                                () -> new ProblemException(
                                        RegistryProblem.PROVIDER_EXISTS,
                                        "An administrator has defined a provider with this key. Change it with PUT /api/providers/{key}.")))
                .chain(client -> shown(entry, client));
    }

    Uni<AdminProvider> update(Caller by, String key, @Nullable JsonNode body) {
        ProviderDefinition entry = ProviderDefinition.read(body, Optional.of(key));
        return sending.require(entry)
                .chain(() -> sealed(entry))
                .chain(envelope -> defined.update(by, entry, envelope.orElse(null)))
                .map(changed -> changed.orElseThrow(ProviderAdminService::notDefined))
                .chain(client -> shown(entry, client));
    }

    /** What it hid shows again. Connections of the provider stay. */
    Uni<Void> delete(Caller by, String key) {
        return defined.delete(by, key)
                .map(deleted -> deleted.orElseThrow(ProviderAdminService::notDefined))
                .chain(catalog::refresh);
    }

    private Uni<Optional<String>> sealed(ProviderDefinition entry) {
        return entry.client() instanceof ClientChange.Register register
                        && register.secret().isPresent()
                ? secrets.seal(
                                ClientRecords.KEY_SCOPE,
                                ClientRecords.of(entry.provider().key()),
                                register.secret().get())
                        .map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<AdminProvider> shown(ProviderDefinition entry, RegisteredClient client) {
        String key = entry.provider().key();
        return catalog.refresh()
                .map(nothing -> AdminProvider.of(providers.find(key).orElse(entry.provider()), client));
    }

    private static ProblemException notDefined() {
        return new ProblemException(
                RegistryProblem.PROVIDER_NOT_FOUND,
                "No administrator has defined a provider with this key. Define one with POST /api/providers; bundled ones and files stay as they are.");
    }
}
