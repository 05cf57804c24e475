package io.flowmaestro.connections.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerChallengeTest {

    private static BearerChallenge read(String... values) {
        return BearerChallenge.of(List.of(values)).orElseThrow();
    }

    @Test
    void readsWhatAServerWants() {
        var challenge = read("Bearer error=\"insufficient_scope\", scope=\"files:read files:write\","
                + " resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource/mcp\"");

        assertThat(challenge.resourceMetadata())
                .isEqualTo("https://mcp.example/.well-known/oauth-protected-resource/mcp");
        assertThat(challenge.scopes()).containsExactly("files:read", "files:write");
        assertThat(challenge.wantsMoreScopes()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bearer scope=a",
                "BEARER realm=\"x, y\", scope=\"a\"",
                "Bearer   scope = \"a\" , unknown=1",
                "Basic realm=\"b\", Bearer scope=\"a\"",
            })
    void readsItHoweverItIsWritten(String value) {
        assertThat(read(value).scopes()).containsExactly("a");
    }

    @Test
    void takesTheFirstOfSeveralHeaders() {
        assertThat(read("Basic realm=\"b\"", "Bearer scope=\"a\"", "Bearer scope=\"b\"")
                        .scopes())
                .containsExactly("a");
    }

    @Test
    void unquotesEscapedCharacters() {
        assertThat(read("Bearer resource_metadata=\"https://a.example/\\\"x\"").resourceMetadata())
                .isEqualTo("https://a.example/\"x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic realm=\"Bearer\"", "Bearerish scope=a", "Negotiate"})
    void findsNoneWhereThereIsNone(String value) {
        assertThat(BearerChallenge.of(List.of(value))).isEmpty();
    }

    @Test
    void saysNothingMoreThanItWasTold() {
        assertThat(read("Bearer")).isEqualTo(BearerChallenge.BARE);
        assertThat(read("Bearer").wantsMoreScopes()).isFalse();
    }

    @Test
    void leavesOutWhatIsNoScope() {
        assertThat(read("Bearer scope=\"good b\u00e4d " + "x".repeat(257) + " also\"")
                        .scopes())
                .containsExactly("good", "also");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\\\x", "x", "a=", ", ", "\\\""})
    void readsWhatIsMadeToTakeLong(String part) {
        String long4k = part.repeat(4000 / part.length());
        assertThat(read("Bearer scope=\"" + long4k + "\"").error()).isNull();
        assertThat(read("Bearer " + long4k).error()).isNull();
    }

    @Test
    void passesOverWhatIsTooLong() {
        assertThat(BearerChallenge.of(List.of("Bearer scope=\"" + "a ".repeat(5000) + "\"")))
                .isEmpty();
    }
}
