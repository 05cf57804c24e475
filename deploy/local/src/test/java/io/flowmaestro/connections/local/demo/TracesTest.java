package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {
    private static final String SECRET = "sk-demo/+=0123456789";
    private final Traces traces = new Traces(SECRET);

    @Test
    void findsTheSecretItself() {
        assertThat(traces.in("{\"api_key\":\"" + SECRET + "\"}")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xy", "xyz", "{\"api_key\":\""})
    void findsItInBase64AtAnyOffset(String before) {
        byte[] text = (before + SECRET + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(traces.in(Base64.getEncoder().encodeToString(text))).isTrue();
    }

    @Test
    void findsItInHexOfEitherCase() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);

        assertThat(traces.in(HexFormat.of().formatHex(bytes))).isTrue();
        assertThat(traces.in(HexFormat.of().withUpperCase().formatHex(bytes))).isTrue();
    }

    @Test
    void findsItUrlEncoded() {
        assertThat(traces.in("?key=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    void findsNothingInAnotherSecret() {
        assertThat(traces.in("sk-demo/+=9876543210 c2stZGVtby8rPTk4NzY1NDMyMTA="))
                .isFalse();
    }

    @Test
    void keepsTheSecretOutOfItsText() {
        assertThat(traces).asString().doesNotContain(SECRET);
    }
}
