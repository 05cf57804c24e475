package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemNameResolverTest {

    private final Vertx vertx = Vertx.vertx();
    private final SystemNameResolver resolver = new SystemNameResolver(vertx, FixedSettings.production());

    @AfterEach
    void stop() {
        resolver.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void findsTheMachineItself() {
        assertThat(resolver.resolve("localhost").await().indefinitely())
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void reportsAnUnknownNameAsUnreachable() {
        var failure = catchThrowableOfType(
                EgressFailure.class,
                () -> resolver.resolve("does-not-exist.invalid").await().indefinitely());

        assertThat(failure.requestSent()).isFalse();
    }
}
