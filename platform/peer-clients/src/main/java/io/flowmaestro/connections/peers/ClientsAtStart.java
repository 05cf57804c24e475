package io.flowmaestro.connections.peers;

import io.quarkus.arc.ClientProxy;
import io.quarkus.rest.client.reactive.runtime.RestClientReactiveCDIWrapperBase;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Makes every REST client on the main thread. One that a request makes belongs to the HTTP server's Vert.x deployment, and is
 * closed with it, before {@code ShutdownEvent} tells anybody to finish (Quarkus issue 39254).
 */
@ApplicationScoped
class ClientsAtStart {

    private final Instance<Object> beans;

    ClientsAtStart(@Any Instance<Object> beans) {
        this.beans = beans;
    }

    void open(@Observes StartupEvent start) {
        beans.select(RestClient.LITERAL).forEach(ClientsAtStart::open);
    }

    private static void open(Object client) {
        if (ClientProxy.unwrap(client) instanceof RestClientReactiveCDIWrapperBase<?> made) {
            made.getDelegate();
        }
    }
}
