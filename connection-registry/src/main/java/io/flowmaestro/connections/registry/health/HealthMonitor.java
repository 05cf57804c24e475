package io.flowmaestro.connections.registry.health;

import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.testing.TestService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Tests every connection once a day, on all replicas together. A crash leaves a claim that lapses within ten minutes. */
@ApplicationScoped
class HealthMonitor {

    private static final Logger LOG = Logger.getLogger(HealthMonitor.class);
    private static final String REGISTRY = "connection-registry";

    private final DueTests due;
    private final TestService tests;
    private final HealthConfig config;

    HealthMonitor(DueTests due, TestService tests, HealthConfig config) {
        this.due = due;
        this.tests = tests;
        this.config = config;
    }

    /** One round. Answers how many connections were in it. */
    Uni<Integer> round() {
        return config.atOnce() == 0
                ? Uni.createFrom().item(0)
                : due.claim(config.atOnce(), config.perProvider())
                        .chain(chosen -> test(chosen).replaceWith(chosen.size()));
    }

    private Uni<Void> test(List<DueTests.Due> chosen) {
        return Multi.createFrom()
                .iterable(chosen)
                .onItem()
                .transformToUni(this::test)
                .merge(config.atOnce())
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** One that breaks off is tried again when its claim lapses. */
    private Uni<Void> test(DueTests.Due connection) {
        return tests.test(new Caller(connection.user(), REGISTRY, REGISTRY), connection.id())
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("the test of %s broke off: %s", connection.id(), failure))
                .onFailure()
                .recoverWithNull();
    }
}
