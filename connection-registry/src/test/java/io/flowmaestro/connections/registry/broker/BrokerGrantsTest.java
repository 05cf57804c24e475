package io.flowmaestro.connections.registry.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.registry.erasure.GrantRevoker.Grant;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BrokerGrantsTest {

    /** Answers nothing. A class of its own would be taken for an endpoint. */
    private static BrokerClient silent(Runnable whenTorn) {
        return (BrokerClient) Proxy.newProxyInstance(
                BrokerClient.class.getClassLoader(),
                new Class<?>[] {BrokerClient.class},
                (_, _, _) -> Uni.createFrom().nothing().onCancellation().invoke(whenTorn));
    }

    /** Cancelling a call that still waits for a pooled connection would cost that connection. */
    @Test
    void leaveACallToItselfThatNobodyWaitsForAnyMore() {
        var torn = new AtomicBoolean();
        var waiting = new BrokerGrants(silent(() -> torn.set(true)))
                .revoke(UUID.randomUUID(), List.of(new Grant(UUID.randomUUID(), "acme", "{}")))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());

        waiting.cancel();

        assertThat(torn).isFalse();
    }
}
