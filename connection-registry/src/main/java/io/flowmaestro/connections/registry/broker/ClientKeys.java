package io.flowmaestro.connections.registry.broker;

import io.flowmaestro.connections.registry.provider.Providers;
import io.flowmaestro.connections.scheduled.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks oauth-broker now and then which providers it has a client for. While it is away the last answer holds. */
@ApplicationScoped
class ClientKeys {

    private static final Logger LOG = Logger.getLogger(ClientKeys.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final BrokerClient broker;
    private final Providers providers;
    private final Rounds rounds;

    ClientKeys(@RestClient BrokerClient broker, Providers providers, Rounds rounds) {
        this.broker = broker;
        this.providers = providers;
        this.rounds = rounds;
    }

    @Scheduled(identity = "oauth-clients", every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> ask() {
        return rounds.run(() -> broker.clients()
                        .ifNoItem()
                        .after(TIMEOUT)
                        .fail()
                        .invoke(this::note)
                        .replaceWithVoid())
                .onFailure()
                .invoke(failure -> LOG.debugf("oauth-broker does not tell its clients: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private void note(BrokerClient.Clients answer) {
        if (answer.data() != null && answer.data().configured() != null) {
            providers.noteClients(answer.data().configured());
        }
    }
}
