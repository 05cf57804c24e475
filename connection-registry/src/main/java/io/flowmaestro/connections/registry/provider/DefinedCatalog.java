package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.ProviderFileException;
import io.flowmaestro.connections.catalog.ProviderFileParser;
import io.flowmaestro.connections.registry.provider.DefinedProviders.Defined;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps this replica's catalogue up to what administrators defined, on whichever replica. While PostgreSQL is away the
 * last state holds.
 */
@ApplicationScoped
class DefinedCatalog {

    private static final Logger LOG = Logger.getLogger(DefinedCatalog.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final ProviderFileParser PARSER = new ProviderFileParser();

    private final DefinedProviders defined;
    private final Providers providers;
    private final Rounds rounds;

    private volatile String seen = "";

    DefinedCatalog(DefinedProviders defined, Providers providers, Rounds rounds) {
        this.defined = defined;
        this.providers = providers;
        this.rounds = rounds;
    }

    @Scheduled(identity = "defined-providers", every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return rounds.run(this::refresh)
                .onFailure()
                .invoke(failure -> LOG.debugf("the defined providers are looked at again shortly: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Stamped before reading: what changes in between shows at the next look. */
    Uni<Void> refresh() {
        return defined.stamp()
                .chain(stamp -> stamp.equals(seen)
                        ? Uni.createFrom().voidItem()
                        : defined.all()
                                .invoke(this::take)
                                .invoke(() -> seen = stamp)
                                .replaceWithVoid());
    }

    /** An entry that an older version took, and this one does not, is left out and hides nothing else. */
    private void take(List<Defined> entries) {
        Map<String, Provider> usable = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Defined entry : entries) {
            try {
                usable.put(entry.key(), PARSER.parse("definition " + entry.key(), JSON.readTree(entry.definition())));
            } catch (ProviderFileException broken) {
                problems.add(broken.getMessage());
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("PostgreSQL printed json that is no JSON");
            }
        }
        Set<String> withClient =
                entries.stream().filter(Defined::hasClient).map(Defined::key).collect(Collectors.toSet());
        providers.define(usable, problems, withClient);
    }
}
