package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.Future;
import java.util.List;

/** Connections of one provider whose refresh was begun at one broker, and whose answers are held at the provider. */
final class Volley {
    private final OAuthSystem system;
    private final Timing timing;
    private final String provider;
    private final List<Held> connections;
    private List<Future<Given>> asked = List.of();
    private List<Held> reached = List.of();

    Volley(OAuthSystem system, Timing timing, String provider, List<Held> connections) {
        this.system = system;
        this.timing = timing;
        this.provider = provider;
        this.connections = connections;
    }

    /** Those whose refresh has come to the provider. */
    List<Held> reached() {
        return reached;
    }

    Volley begin(Broker broker) throws InterruptedException {
        script().answers.hold();
        asked = connections.stream()
                .map(held -> system.callers().ask(broker, held))
                .toList();
        var families = script().answers.awaitHeld(connections.size(), timing.hold());
        reached = connections.stream()
                .filter(held -> families.contains(held.family().id()))
                .toList();
        return this;
    }

    /** The provider answers. */
    void answer() {
        script().answers.letGo();
    }

    /** What those were answered who began it. */
    List<Given> given() throws Exception {
        return Callers.await(asked);
    }

    private Script script() {
        return system.provider().script(provider);
    }
}
