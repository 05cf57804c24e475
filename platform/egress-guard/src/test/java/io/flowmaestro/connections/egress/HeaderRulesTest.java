package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Host", "host", "Content-Length", "TRANSFER-ENCODING", "a b", "a:b", "ü", "a\r\nb"})
    void refusesFramingAndMalformedNames(String name) {
        assertThatThrownBy(() -> EgressRequest.get("https://x/").withHeader(name, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\u0000", " lead", "日本"})
    void refusesValuesThatCouldSplitTheHeaderAndDoesNotRepeatThem(String value) {
        assertThatThrownBy(() -> EgressRequest.get("https://x/").withHeader("X-Key", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X-Key")
                .hasMessageNotContaining(value);
    }

    @Test
    void replacesAHeaderWhateverItsCase() {
        var request = EgressRequest.get("https://x/").withHeader("X-Key", "1").withHeader("x-key", "2");

        assertThat(request.headers()).hasSize(1).containsValue("2").containsEntry("X-KEY", "2");
        assertThat(request.headers().get("x-KEY")).isEqualTo("2");
    }

    @Test
    void requestsDoNotPrintTheirSecrets() {
        var request = EgressRequest.get("https://x/?token=s3cret").withHeader("Authorization", "Bearer s3cret");

        assertThat(request).asString().doesNotContain("s3cret");
    }
}
