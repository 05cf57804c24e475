package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Destinations;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.ProviderFileException;
import io.flowmaestro.connections.catalog.ProviderFileParser;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps administrators from having credentials sent to where nobody gave them for: those of users, and those of the suite's own
 * OAuth clients. They run the suite and must not read secrets.
 */
@ApplicationScoped
class DestinationGuard {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ProviderFileParser PARSER = new ProviderFileParser();

    /** Deleted connections, too: they can be restored. */
    private static final String IN_USE =
            "select exists (select from registry.connections where provider = $1) as in_use";

    private final Providers providers;
    private final DefinedProviders defined;
    private final Pool jobs;

    DestinationGuard(Providers providers, DefinedProviders defined, @ReactiveDataSource("jobs") Pool jobs) {
        this.providers = providers;
        this.defined = defined;
        this.jobs = jobs;
    }

    /** Fails with 400 naming the destinations that the entry must not add. */
    Uni<Void> require(Provider entry) {
        return providers
                .shipped(entry.key())
                .map(shipped -> requireNoneBut(Optional.of(shipped), entry, "The provider comes with the suite"))
                .orElseGet(() -> inUse(entry.key())
                        .chain(inUse -> inUse
                                ? before(entry.key())
                                        .chain(before -> requireNoneBut(
                                                before, entry, "Connections are stored for the provider"))
                                : Uni.createFrom().voidItem()));
    }

    private Uni<Boolean> inUse(String key) {
        return jobs.preparedQuery(IN_USE)
                .execute(Tuple.of(key))
                .map(rows -> rows.iterator().next().getBoolean("in_use"));
    }

    /** Empty for one that cannot be read any more, which is as good as none. */
    private Uni<Optional<Provider>> before(String key) {
        return defined.all()
                .map(entries -> entries.stream()
                        .filter(entry -> entry.key().equals(key))
                        .findFirst()
                        .flatMap(DestinationGuard::read));
    }

    private static Optional<Provider> read(DefinedProviders.Defined entry) {
        try {
            return Optional.of(PARSER.parse("definition " + entry.key(), JSON.readTree(entry.definition())));
        } catch (ProviderFileException broken) {
            return Optional.empty();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL printed json that is no JSON");
        }
    }

    private static Uni<Void> requireNoneBut(Optional<Provider> before, Provider entry, String why) {
        var added = Destinations.of(entry);
        added.removeAll(
                before.map(Destinations::of).map(known -> (Set<String>) known).orElse(Set.of()));
        return added.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .failure(RegistryProblem.invalid(List.of(new Violation(
                                "methods",
                                "%s, and its credentials would go elsewhere: %s. Define one with a key of its own, or change the destinations by a file in CONNECTIONS_PROVIDERS_DIR."
                                        .formatted(why, String.join(", ", added))))));
    }
}
