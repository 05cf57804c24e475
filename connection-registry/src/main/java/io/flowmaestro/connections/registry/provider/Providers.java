package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.LiveCatalog;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.ProviderCatalog;
import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** The catalogue of this process. Reading it costs a field access; the file work happens on a timer. */
@ApplicationScoped
public class Providers {

    private static final Logger LOG = Logger.getLogger(Providers.class);

    private static final long LOOK_EVERY_MS = 2_000;

    private final LiveCatalog catalog;
    private volatile OAuthClients clients = OAuthClients.UNKNOWN;

    Providers(ProvidersConfig config) {
        this.catalog = new LiveCatalog(present(config.directory()), System::getenv);
        report();
    }

    /** A folder that is nowhere would leave its files out without a word. */
    private static Optional<Path> present(Optional<Path> folder) {
        if (folder.filter(given -> !Files.isDirectory(given)).isPresent()) {
            throw new ConfigurationException(
                    Refusal.of(
                            List.of(
                                    "CONNECTIONS_PROVIDERS_DIR names a folder that is not there. Make it, or leave the variable out.")));
        }
        return folder;
    }

    public Optional<Provider> find(String key) {
        return catalog.current().find(key);
    }

    /** The entry that comes with the suite or in a file of the operator's, whatever administrators put before it. */
    Optional<Provider> shipped(String key) {
        return catalog.shipped(key);
    }

    public List<Provider> all() {
        return catalog.current().all();
    }

    /** Takes note of the providers whose OAuth client oauth-broker has. */
    public synchronized void noteClients(Set<String> keys) {
        clients = clients.told(keys);
    }

    /** Puts the administrators' entries in place of those that were there, and takes note of which have a client. */
    synchronized void define(Map<String, Provider> entries, List<String> problems, Set<String> withClient) {
        catalog.define(entries, problems);
        clients = clients.registered(withClient);
        problems.forEach(problem -> LOG.errorf("skipped: %s", problem));
    }

    OAuthClients clients() {
        return clients;
    }

    ProviderCatalog current() {
        return catalog.current();
    }

    /** One look at the directory at a time: the next is planned when the last has ended. */
    void watch(@Observes StartupEvent start, Vertx vertx) {
        vertx.setTimer(
                LOOK_EVERY_MS,
                timer -> vertx.executeBlocking(refresh())
                        .onFailure(failure -> LOG.error("the provider files could not be looked at", failure))
                        .onComplete(done -> watch(start, vertx)));
    }

    /** File work, for a worker thread. */
    private Callable<Boolean> refresh() {
        return () -> {
            boolean changed = catalog.refresh();
            if (changed) {
                LOG.infof(
                        "provider files changed: %d providers",
                        catalog.current().providers().size());
                report();
            }
            return changed;
        };
    }

    private void report() {
        catalog.current().problems().forEach(problem -> LOG.errorf("skipped: %s", problem));
    }
}
