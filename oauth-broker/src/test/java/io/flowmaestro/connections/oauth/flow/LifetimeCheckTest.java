package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifetimeCheckTest {

    private static LifetimeCheck check(String lifetime) {
        return new LifetimeCheck(
                new TestFlowConfig("https://connections.example.com", false, Duration.parse(lifetime)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "PT1S"})
    void letsASignInTakeTenMinutes(String lifetime) {
        assertThatCode(() -> check(lifetime).check(new StartupEvent())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10M0.001S", "PT24H", "PT0S", "PT-1S"})
    void endsAStartThatWouldLetItTakeLongerOrNoTimeAtAll(String lifetime) {
        assertThatThrownBy(() -> check(lifetime).check(new StartupEvent()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("connections.oauth.flow.lifetime must be");
    }
}
