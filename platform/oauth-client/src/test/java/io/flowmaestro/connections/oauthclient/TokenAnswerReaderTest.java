package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
            var settings = answering("{\"scope_separator\":\",\"}");
            assertThat(granted(settings, "{\"access_token\":\"at\"," + scope + "}")
                            .scope())
                    .containsExactly("a", "b");
        }

        @Test
        void areFoundWhereTheProviderNestsThem() {
            var settings =
                    answering("{\"ok_path\":\"ok\",\"access_token\":[\"access_token\",\"authed_user.access_token\"]}");
            TokenGrant grant = granted(settings, "{\"ok\":true,\"authed_user\":{\"access_token\":\"user-at\"}}");
            assertThat(grant.accessToken().reveal()).isEqualTo("user-at");
        }

        @Test
        void takeAbsoluteExpiries() {
            var iso = answering("{\"expires_at_iso\":\"expires_at\"}");
            assertThat(granted(iso, "{\"access_token\":\"at\",\"expires_at\":\"2026-12-01T00:00:00Z\"}")
                            .expiresAt())
                    .isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
            var epoch = answering("{\"expires_at_epoch\":\"expires_at\"}");
            assertThat(granted(epoch, "{\"access_token\":\"at\",\"expires_at\":1800000000}")
                            .expiresAt())
                    .isEqualTo(Instant.ofEpochSecond(1_800_000_000));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "expires_at_epoch|1800000000000",
                    "expires_at_epoch|253402300800",
                    "expires_at_epoch|1e30",
                    "expires_at_epoch|-1",
                    "expires_at_iso|\"+10000-01-01T00:00:00Z\"",
                    "expires_at_iso|\"9999-12-31T23:59:59Z\"",
                    "expires_at_iso|\"-0001-01-01T00:00:00Z\""
                })
        void haveNoExpiryWhereAMomentMakesNoSense(String fact, String moment) {
            var settings = answering("{\"" + fact + "\":\"expires_at\"}");
            assertThat(granted(settings, "{\"access_token\":\"at\",\"expires_at\":" + moment + "}")
                            .expiresAt())
                    .isNull();
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
            assertThat(read(answering("{\"ok_path\":\"ok\"}"), status, null, body))
                    .isEqualTo(new TokenAnswer.Refused(error));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "200|{\"error\":\"invalid_code\"}|invalid_grant",
                    "400|{\"error\":{\"code\":190}}|invalid_grant",
                    "400|{\"status\":\"Dead_Token\"}|invalid_grant",
                    "400|{\"status\":\"BAD_REFRESH_TOKEN\"}|BAD_REFRESH_TOKEN"
                })
        void callADeadGrantByItsStandardNameWhereTheFactsKnowTheProvidersOwn(int status, String body, String error) {
            var settings = answering("{\"grant_errors\":[\"invalid_code\",\"190\",\"dead_token\"]}");
            assertThat(read(settings, status, null, body))
                    .isInstanceOfSatisfying(TokenAnswer.Refused.class, refused -> {
                        assertThat(refused.error()).isEqualTo(error);
                        assertThat(refused.grantInvalid()).isTrue();
                    });
        }

        @Test
        void areNotReadIntoAStatusThatSaysNothingOfTheGrant() {
            assertThat(read(PLAIN, 400, null, "{\"status\":\"error\"}")).isInstanceOf(TokenAnswer.Unavailable.class);
        }

        @Test
        void tellADeadGrantFromABadClient() {
            assertThat(new TokenAnswer.Refused("invalid_grant").grantInvalid()).isTrue();
            assertThat(new TokenAnswer.Refused("BAD_REFRESH_TOKEN").grantInvalid())
                    .isTrue();
            assertThat(new TokenAnswer.Refused("invalid_client").clientInvalid())
                    .isTrue();
            assertThat(new TokenAnswer.Refused("invalid_grant").clientInvalid()).isFalse();
            assertThat(new TokenAnswer.Refused("invalid_client").grantInvalid()).isFalse();
        }

        @Test
        void tellAClientThatIsRefusedFromOneThatMayNotRedeemThisToken() {
            var refused = new TokenAnswer.Refused("unauthorized_client");
            assertThat(refused.clientUnauthorized()).isTrue();
            assertThat(refused.clientInvalid()).isFalse();
            assertThat(refused.grantInvalid()).isFalse();
            assertThat(new TokenAnswer.Refused("invalid_client").clientUnauthorized())
                    .isFalse();
        }
    }

    @Nested
    class Faults {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "500|{\"error\":\"invalid_grant\"}|true",
                    "502|{\"error\":\"invalid_grant\"}|false",
                    "504|<html>|false",
                    "524|<html>|false",
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

        /** They would be headers of their own in a worker's requests. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"access_token\":\"secret\\r\\nX-Admin: 1\"",
                    "\"access_token\":\"secret\\u0000\"",
                    "\"access_token\":\"secret\",\"refresh_token\":\"secret\\n\"",
                    "\"access_token\":\"secret\",\"token_type\":\"Bearer\\r\\nX-Admin: 1\""
                })
        void areTokensWithLineBreaks(String members) {
            assertThat(read(PLAIN, 200, null, "{" + members + "}"))
                    .isInstanceOfSatisfying(TokenAnswer.Unavailable.class, unavailable -> {
                        assertThat(unavailable.settled()).isFalse();
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

    private static OAuthSettings answering(String tokenResponse) {
        return TestSettings.with("{\"token_response\":" + tokenResponse + "}");
    }

    private static TokenGrant granted(OAuthSettings settings, String body) {
        return ((TokenAnswer.Granted) read(settings, 200, null, body)).grant();
    }

    private static TokenAnswer read(OAuthSettings settings, int status, @Nullable String retryAfter, String body) {
        return new TokenReply(status, retryAfter, body.getBytes(StandardCharsets.UTF_8), NOW).read(settings);
    }
}
