package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.ProviderFileException;
import io.flowmaestro.connections.catalog.ProviderFileParser;
import io.flowmaestro.connections.catalog.Sending;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Keeps administrators from having credentials sent to where nobody gave them for: those of users, and those of the suite's own
 * OAuth clients. They run the suite and must not read secrets.
 */
@ApplicationScoped
class SendingGuard {

    private static final JsonMapper JSON = new JsonMapper();
    private static final ProviderFileParser PARSER = new ProviderFileParser();
    private static final String OAUTH2 = "oauth2";

    /** Of deleted connections, too: they can be restored. */
    private static final String IN_USE =
            "select distinct connection_method as method from registry.connections where provider = $1";

    private final Providers providers;
    private final DefinedProviders defined;
    private final Pool jobs;

    SendingGuard(Providers providers, DefinedProviders defined, @ReactiveDataSource("jobs") Pool jobs) {
        this.providers = providers;
        this.defined = defined;
        this.jobs = jobs;
    }

    /** Fails with 400 naming the methods whose credentials the entry would send in another way. */
    Uni<Void> require(ProviderDefinition entry) {
        var shipped = providers.shipped(entry.provider().key());
        return before(entry.provider().key())
                .chain(before ->
                        shipped.map(known -> asShipped(entry, known, before)).orElseGet(() -> asStored(entry, before)));
    }

    /** What was stored before goes on as well: a release, or a file, may have come to say otherwise since. */
    private static Uni<Void> asShipped(ProviderDefinition entry, Provider shipped, Optional<Before> before) {
        var known = Stream.concat(Stream.of(shipped), before.flatMap(Before::provider).stream());
        return requireTheSame(known, entry.provider(), _ -> true, "The provider comes with the suite, or by a file");
    }

    private Uni<Void> asStored(ProviderDefinition entry, Optional<Before> before) {
        return held(entry, before.filter(Before::hasClient).isPresent())
                .chain(held -> requireTheSame(
                        before.flatMap(Before::provider).stream(),
                        entry.provider(),
                        held::contains,
                        "Connections, or the secret of an OAuth client, are stored for the provider"));
    }

    private record Before(Optional<Provider> provider, boolean hasClient) {}

    /** A provider that cannot be read any more is as good as none. */
    private Uni<Optional<Before>> before(String key) {
        return defined.all()
                .map(entries -> entries.stream()
                        .filter(entry -> entry.key().equals(key))
                        .findFirst()
                        .map(entry -> new Before(read(entry), entry.hasClient())));
    }

    /** The methods of which something is kept that this entry must not have sent elsewhere. */
    private Uni<Set<String>> held(ProviderDefinition entry, boolean hasClient) {
        boolean keeps = entry.client() instanceof ClientChange.Keep || entry.client() instanceof ClientChange.Rename;
        return jobs.preparedQuery(IN_USE)
                .execute(Tuple.of(entry.provider().key()))
                .map(rows -> {
                    Set<String> held = StreamSupport.stream(rows.spliterator(), false)
                            .map(row -> row.getString("method"))
                            .collect(Collectors.toCollection(HashSet::new));
                    if (hasClient && keeps) {
                        held.add(OAUTH2);
                    }
                    return held;
                });
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

    private static Uni<Void> requireTheSame(
            Stream<Provider> known, Provider entry, Predicate<String> held, String why) {
        var before = known.flatMap(provider -> Sending.of(provider).entrySet().stream())
                .toList();
        var violations = Sending.of(entry).entrySet().stream()
                .filter(method -> held.test(method.getKey()) && !before.contains(method))
                .map(
                        method -> new Violation(
                                "methods." + method.getKey(),
                                why
                                        + ": where and how its credentials are sent has to stay as it is. Define a provider with a key of its own, or change this one by a file in CONNECTIONS_PROVIDERS_DIR."))
                .toList();
        return violations.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(RegistryProblem.invalid(violations));
    }
}
