package io.flowmaestro.connections.oauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.provider.TestSettings;
import io.flowmaestro.connections.oauth.provider.TokenResponseRules;
import io.flowmaestro.connections.verification.FactPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswerReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final OAuthSettings PLAIN = TestSettings.plain();

    @Nested
    class Grants {

        @Test
        void areReadAsTheRfcHasThem() {
            TokenGrant grant = granted(
                    PLAIN,
                    "{\"access_token\":\"at\",\"refresh_token\":\"rt\",\"token_type\":\"bearer\",\"expires_in\":3600,\"scope\":\"a b\"}");
            assertThat(grant.accessToken().reveal()).isEqualTo("at");
            assertThat(grant.refreshToken().reveal()).isEqualTo("rt");
            assertThat(grant.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
            assertThat(grant.scope()).containsExactly("a", "b");
            assertThat(grant.toString())
                    .doesNotContain("\"at\"")
                    .doesNotContain("rt]")
                    .contains("[redacted]");
        }

        @ParameterizedTest
        @CsvSource({"'\"3600\"',3600", "3600.0,3600", "1.5,1"})
        void takeExpiryInAnyNumberForm(String expiresIn, long seconds) {
            assertThat(granted(PLAIN, "{\"access_token\":\"at\",\"expires_in\":" + expiresIn + "}")
                            .expiresAt())
                    .isEqualTo(NOW.plusSeconds(seconds));
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "0", "-5", "\"soon\"", "1e30", "{}"})
        void haveNoExpiryWhereItMakesNoSense(String expiresIn) {
            assertThat(granted(PLAIN, "{\"access_token\":\"at\",\"expires_in\":" + expiresIn + "}")
                            .expiresAt())
                    .isNull();
        }

        @Test
        void mayHaveNeitherExpiryNorRefreshTokenNorScope() {
            TokenGrant grant = granted(PLAIN, "{\"access_token\":\"at\"}");
            assertThat(grant.expiresAt()).isNull();
            assertThat(grant.refreshToken()).isNull();
            assertThat(grant.scope()).isEmpty();
            assertThat(grant.tokenType()).isEqualTo("Bearer");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"scope\":[\"a\",\"b\"]", "\"scopes\":\"a b\"", "\"scope\":\"a,b\""})
        void takeScopesAsArrayUnderAnotherNameOrWithAnotherSeparator(String scope) {
            var rules = rules(null, List.of(new FactPath("access_token")), null, null, ",");
            assertThat(granted(TestSettings.with(rules), "{\"access_token\":\"at\"," + scope + "}")
                            .scope())
                    .containsExactly("a", "b");
        }

        @Test
        void areFoundWhereTheProviderNestsThem() {
            var rules = rules(
                    "ok",
                    List.of(new FactPath("access_token"), new FactPath("authed_user.access_token")),
                    null,
                    null,
                    null);
            TokenGrant grant =
                    granted(TestSettings.with(rules), "{\"ok\":true,\"authed_user\":{\"access_token\":\"user-at\"}}");
            assertThat(grant.accessToken().reveal()).isEqualTo("user-at");
        }

        @Test
        void takeAbsoluteExpiries() {
            var iso = rules(null, List.of(new FactPath("access_token")), "expires_at", null, null);
            assertThat(granted(
                                    TestSettings.with(iso),
                                    "{\"access_token\":\"at\",\"expires_at\":\"2026-12-01T00:00:00Z\"}")
                            .expiresAt())
                    .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
            var epoch = rules(null, List.of(new FactPath("access_token")), null, "expires_at", null);
            assertThat(granted(TestSettings.with(epoch), "{\"access_token\":\"at\",\"expires_at\":1800000000}")
                            .expiresAt())
                    .isEqualTo(Instant.ofEpochSecond(1_800_000_000));
        }
    }

    @Nested
    class Refusals {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400|{\"error\":\"invalid_grant\"}|invalid_grant",
                    "200|{\"error\":\"bad_refresh_token\"}|bad_refresh_token",
                    "200|{\"ok\":false,\"error\":\"invalid_refresh_token\"}|invalid_refresh_token",
                    "200|{\"ok\":false}|unknown_error",
                    "200|{\"access_token\":\"at\",\"error\":\"x\"}|x",
                    "401|{\"error\":{\"code\":\"invalid_client\"}}|invalid_client",
                    "400|{\"error\":\"<script>alert(1)</script>\"}|unknown_error",
                    "400|{\"error\":{\"deep\":{}}}|unknown_error"
                })
        void areFoundWhateverTheStatusAndNeverEchoed(int status, String body, String error) {
            var rules = rules("ok", List.of(new FactPath("access_token")), null, null, null);
            assertThat(read(TestSettings.with(rules), status, null, body)).isEqualTo(new TokenAnswer.Refused(error));
        }

        @Test
        void tellADeadGrantFromABadClient() {
            assertThat(new TokenAnswer.Refused("invalid_grant").grantInvalid()).isTrue();
            assertThat(new TokenAnswer.Refused("BAD_REFRESH_TOKEN").grantInvalid())
                    .isTrue();
            assertThat(new TokenAnswer.Refused("invalid_client").grantInvalid()).isFalse();
        }
    }

    @Nested
    class Faults {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "500|{\"error\":\"invalid_grant\"}|true",
                    "503|<html>|true",
                    "429|{}|true",
                    "404|<html>secret</html>|true",
                    "302|''|true",
                    "200|{\"access_token\":\"a|false",
                    "200|[]|false",
                    "200|{}|false",
                    "200|''|false"
                })
        void areNeitherGrantNorRefusal(int status, String body, boolean settled) {
            assertThat(read(PLAIN, status, null, body))
                    .isInstanceOfSatisfying(TokenAnswer.Unavailable.class, unavailable -> {
                        assertThat(unavailable.settled()).isEqualTo(settled);
                        assertThat(unavailable.reason()).doesNotContain("secret");
                    });
        }

        @ParameterizedTest
        @CsvSource({"7,7", "99999999,3600", "0,1", "Wed,5", ",5"})
        void keepRetryAfterWithinBounds(@Nullable String header, long seconds) {
            assertThat(read(PLAIN, 429, header, "{}"))
                    .isInstanceOfSatisfying(
                            TokenAnswer.Unavailable.class,
                            unavailable -> assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(seconds)));
        }
    }

    private static TokenResponseRules rules(
            @Nullable String ok,
            List<FactPath> accessToken,
            @Nullable String iso,
            @Nullable String epoch,
            @Nullable String separator) {
        var standard = TokenResponseRules.STANDARD;
        return new TokenResponseRules(
                ok == null ? null : new FactPath(ok),
                accessToken,
                standard.refreshToken(),
                standard.expiresIn(),
                iso == null ? null : new FactPath(iso),
                epoch == null ? null : new FactPath(epoch),
                separator,
                null,
                null);
    }

    private static TokenGrant granted(OAuthSettings settings, String body) {
        return ((TokenAnswer.Granted) read(settings, 200, null, body)).grant();
    }

    private static TokenAnswer read(OAuthSettings settings, int status, @Nullable String retryAfter, String body) {
        return new TokenAnswerReader(settings).read(status, retryAfter, body.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
