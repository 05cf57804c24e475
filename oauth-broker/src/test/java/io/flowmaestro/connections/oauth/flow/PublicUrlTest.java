package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"http://connections.example.com", "ftp://x", "connections.example.com", "https://u:p@example.com"
            })
    void onlyHttpsStartsOutsideTheLocalProfile(String url) {
        assertThatThrownBy(() -> new PublicUrl(new TestFlowConfig(url, false)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CONNECTIONS_PUBLIC_URL");
    }

    @Test
    void makesTheCallbackAndTheOrigin() {
        var url = TestFlowConfig.https();
        assertThat(url.callback("acme")).isEqualTo("https://connections.example.com/api/oauth/acme/callback");
        assertThat(url.origin()).isEqualTo("https://connections.example.com");
    }
}
