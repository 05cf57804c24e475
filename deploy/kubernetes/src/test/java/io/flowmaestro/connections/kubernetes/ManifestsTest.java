package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything that an operator may apply, held to everything that we know about it. */
class ManifestsTest {
    static final List<Check> CHECKS = List.of(
            new Models(),
            new Selectors(),
            new Ports(),
            new Probes(),
            new PodSecurity(),
            new Environment(),
            new SecretReferences(),
            new NetworkCalls(),
            new Replicas(),
            new Wire(),
            new Routing());

    @TestFactory
    Stream<DynamicContainer> hold() {
        return Rendering.all()
                .map(rendering -> DynamicContainer.dynamicContainer(
                        rendering.title(),
                        Stream.concat(
                                Stream.of(DynamicTest.dynamicTest(
                                        "all four services",
                                        () -> assertThat(rendering.services().map(Manifest::service))
                                                .containsExactlyInAnyOrderElementsOf(ServiceSources.SERVICES))),
                                CHECKS.stream()
                                        .map(check -> DynamicTest.dynamicTest(
                                                check.getClass().getSimpleName(),
                                                () -> assertThat(check.complaints(rendering))
                                                        .isEmpty())))));
    }
}
