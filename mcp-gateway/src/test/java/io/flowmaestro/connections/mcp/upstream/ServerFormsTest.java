package io.flowmaestro.connections.mcp.upstream;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowmaestro.connections.http.Violation;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFormsTest {

    private static final String URL = "https://mcp.example/mcp";

    private final ServerForms forms = new ServerForms(new UpstreamSettings() {
        @Override
        public Duration defaultTimeout() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration longestTimeout() {
            return Duration.ofSeconds(120);
        }
    });

    private static ServerForm form(
            @Nullable String type, @Nullable String key, @Nullable String header, @Nullable String token) {
        return new ServerForm(URL, null, type, key, header, token, "ada", "päss:word", null, null);
    }

    private static ServerForm custom(@Nullable String type, Map<String, String> headers) {
        return new ServerForm(URL, "https", type, "k", null, "t", null, null, headers, null);
    }

    private static ServerForm timed(@Nullable Long timeout) {
        return new ServerForm(URL, null, null, null, null, null, null, null, null, timeout);
    }

    private Iterable<String> wrongFields(ServerForm form) {
        return catchThrowableOfType(InvalidServer.class, () -> forms.read(form)).violations().stream()
                .map(Violation::field)
                .toList();
    }

    @Nested
    class Authentication {
        @Test
        void noneSetsNoHeader() {
            assertThat(forms.read(form("none", "k", null, "t")).headers()).isEmpty();
            assertThat(forms.read(form(null, "k", null, "t")).headers()).isEmpty();
        }

        @Test
        void anApiKeyGoesIntoItsHeaderAndNoOther() {
            assertThat(forms.read(form("api_key", "k-1", null, "t")).headers()).isEqualTo(Map.of("X-API-Key", "k-1"));
            assertThat(forms.read(form("api_key", "k-1", "X-Token", "t")).headers())
                    .isEqualTo(Map.of("X-Token", "k-1"));
        }

        @Test
        void aBearerTokenAndABasicPairGoIntoAuthorization() {
            assertThat(forms.read(form("bearer", "k", null, "t-1")).headers())
                    .isEqualTo(Map.of("Authorization", "Bearer t-1"));
            assertThat(forms.read(form("basic", "k", null, "t")).headers())
                    .isEqualTo(Map.of("Authorization", "Basic YWRhOnDDpHNzOndvcmQ="));
        }

        @Test
        void customHeadersComeOnTop() {
            assertThat(forms.read(custom("api_key", Map.of("X-Tenant", "acme"))).headers())
                    .isEqualTo(Map.of("X-API-Key", "k", "X-Tenant", "acme"));
            assertThat(forms.read(custom("none", Map.of("Authorization", "Token x")))
                            .headers())
                    .isEqualTo(Map.of("Authorization", "Token x"));
        }

        @Test
        void secretsAreNotPrinted() {
            assertThat(form("api_key", "s3cret", null, "s3cret")).asString().doesNotContain("s3cret");
            assertThat(forms.read(form("api_key", "s3cret", null, null)))
                    .asString()
                    .doesNotContain("s3cret");
            assertThat(new UpstreamAuth.Bearer(new Secret("s3cret"))).asString().doesNotContain("s3cret");
        }
    }

    @Nested
    class Refuses {
        @ParameterizedTest
        @CsvSource({"api_key, api_key", "bearer, bearer_token", "oauth2, auth_type", "digest, auth_type"})
        void whatIsMissingOrUnknown(String type, String field) {
            assertThat(wrongFields(form(type, null, null, " "))).containsExactly(field);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Host",
                    "content-length",
                    "Accept",
                    "Content-Type",
                    "Mcp-Session-Id",
                    "MCP-Protocol-Version",
                    "X On",
                    "",
                    "X-On-Behalf-Of",
                    "Cookie"
                })
        void headersThatTheProtocolOrTheWireNeeds(String name) {
            assertThat(wrongFields(custom("none", Map.of(name, "x")))).containsExactly("headers." + name);
            assertThat(wrongFields(form("api_key", "k", name, null))).contains("api_key_header");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "日本"})
        void valuesThatCouldSplitAHeader(String value) {
            assertThat(wrongFields(form("bearer", null, null, value))).containsExactly("bearer_token");
            assertThat(wrongFields(custom("none", Map.of("X-A", value)))).containsExactly("headers.X-A");
        }

        @Test
        void credentialsThatNoHeaderCanCarry() {
            assertThat(wrongFields(form("bearer", null, null, "t".repeat(8_190))))
                    .containsExactly("auth_type");
        }

        @Test
        void aCustomHeaderThatCompetesWithTheAuthentication() {
            assertThat(wrongFields(custom("bearer", Map.of("authorization", "x"))))
                    .containsExactly("headers.authorization");
        }

        @Test
        void webSocketsForNow() {
            assertThat(wrongFields(new ServerForm(URL, "wss", null, null, null, null, null, null, null, null)))
                    .containsExactly("protocol");
        }
    }

    @Nested
    class WhatIsNew {
        @Test
        void isHeldToMoreThanWhatIsStored() {
            var stored =
                    new ServerForm(URL + "#f", null, "none", "k", null, "t", null, null, Map.of("X-A", ""), 300_001L);

            assertThat(forms.read(stored).headers()).isEqualTo(Map.of("X-A", ""));
            assertThat(catchThrowableOfType(InvalidServer.class, () -> forms.readNew(stored))
                            .violations())
                    .extracting(Violation::field)
                    .containsExactly("server_url", "api_key", "bearer_token", "headers.X-A", "timeout");
        }

        @Test
        void hasCharactersThatCanBeStored() {
            var form = new ServerForm(URL, null, "basic", null, null, null, "ada", "a\ud800b", null, null);

            assertThat(catchThrowableOfType(InvalidServer.class, () -> forms.readNew(form))
                            .violations())
                    .containsExactly(new Violation("password", "must not contain unpaired surrogates"));
        }

        @Test
        void isJudgedInNoTimeHoweverManyHeadersItHas() {
            var headers = IntStream.range(0, 100_000).boxed().collect(toMap(number -> "X-" + number, _ -> ""));

            assertThat(catchThrowableOfType(InvalidServer.class, () -> forms.readNew(custom("none", headers)))
                            .violations())
                    .contains(new Violation("headers", "must be at most 32"))
                    .extracting(Violation::field)
                    .doesNotContain("headers.X-1");
        }

        @Test
        void hasOneViolationForAField() {
            var form = new ServerForm(URL, null, "bearer", null, null, "a\nb", null, null, null, 0L);

            assertThat(catchThrowableOfType(InvalidServer.class, () -> forms.readNew(form))
                            .violations())
                    .extracting(Violation::field)
                    .containsExactly("bearer_token", "timeout");
        }
    }

    @Nested
    class Timeout {
        @Test
        void isThirtySecondsUnlessSaidOtherwiseAndTwoMinutesAtMost() {
            assertThat(forms.read(timed(null)).timeout()).isEqualTo(Duration.ofSeconds(30));
            assertThat(forms.read(timed(250L)).timeout()).isEqualTo(Duration.ofMillis(250));
            assertThat(forms.read(timed(Long.MAX_VALUE)).timeout()).isEqualTo(Duration.ofSeconds(120));
            assertThat(wrongFields(timed(0L))).containsExactly("timeout");
        }
    }
}
