package io.flowmaestro.connections.oauth.refresh;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseCheckTest {

    private static void check(String lease) {
        var config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(RefreshConfig.class)
                .withMapping(TokenConfig.class)
                .withDefaultValue("connections.oauth.refresh.lease", lease)
                .withDefaultValue("connections.oauth.token.timeout", "PT20S")
                .build();
        new LeaseCheck(config.getConfigMapping(RefreshConfig.class), config.getConfigMapping(TokenConfig.class))
                .check(new StartupEvent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT21S", "PT30S"})
    void takesALeaseThatOutlastsTheRequest(String lease) {
        assertThatCode(() -> check(lease)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT20.999S", "PT20S", "PT1S"})
    void endsAStartWithOneThatCouldLapseBeforeTheAnswer(String lease) {
        assertThatThrownBy(() -> check(lease))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("connections.oauth.refresh.lease must be longer");
    }
}
