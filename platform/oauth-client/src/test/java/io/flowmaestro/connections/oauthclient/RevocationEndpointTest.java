package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationEndpointTest {

    private static final String URL = "https://acme.example/revoke";
    private static final ClientCredentials CLIENT = new ClientCredentials("client", Secret.of("secret"));
    private static final OAuthTokens TOKENS =
            new OAuthTokens(Secret.of("at"), Secret.of("rt"), "Bearer", null, null, List.of());

    private final ScriptedProvider provider = new ScriptedProvider();
    private final RevocationEndpoint endpoint =
            new RevocationEndpoint(provider.egress, new TestLimits(), provider.clock);

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void sendsTheRefreshTokenWhichEndsBoth() {
        provider.on(URL, 200, "");
        assertThat(revoke("{\"auth\":\"body\"}")).isEqualTo(new RevocationOutcome.Revoked());
        assertThat(provider.seen().getFirst().body())
                .isEqualTo("token=rt&token_type_hint=refresh_token&client_id=client&client_secret=secret");
    }

    /** RFC 7009, 2.1: where the provider's facts say nothing of the token, it goes in a form with the client's proof. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "basic|Basic Y2xpZW50OnNlY3JldA==|''",
                "body|none|&client_id=client&client_secret=secret",
            })
    void sendsTheTokenAndTheClientWhereNothingIsSaidOfEither(String tokenAuth, String header, String proof) {
        provider.on(URL, 200, "");
        var settings = TestSettings.with(
                "{\"token_auth\":\"" + tokenAuth + "\",\"revoke\":{\"method\":\"POST\",\"url\":\"" + URL + "\"}}");

        assertThat(Emulated.await(endpoint.revoke(settings, CLIENT, TOKENS)))
                .isEqualTo(new RevocationOutcome.Revoked());

        var sent = provider.seen().getFirst();
        assertThat(sent.body()).isEqualTo("token=rt&token_type_hint=refresh_token" + proof);
        assertThat(sent.headers().get("Authorization")).isEqualTo(header);
    }

    @Test
    void addsNoTokenToARequestWhoseAddressHoldsIt() {
        provider.on(URL + "?access_token=at", 200, "");
        var settings = TestSettings.with(
                "{\"revoke\":{\"method\":\"POST\",\"url\":\"" + URL + "?access_token={access_token}\"}}");

        assertThat(Emulated.await(endpoint.revoke(settings, CLIENT, TOKENS)))
                .isEqualTo(new RevocationOutcome.Revoked());

        assertThat(provider.seen().getFirst().body()).isEmpty();
        assertThat(provider.seen().getFirst().headers()).doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"auth\":\"none\"}", "{\"body\":\"none\"}", "{\"body\":\"client={client_id}\"}"})
    void isNotOfferedWhereNoTokenWouldBeSent(String members) {
        provider.on(URL, 200, "");
        assertThat(revoke(members)).isEqualTo(new RevocationOutcome.NotOffered());
        assertThat(provider.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200|''|revoked",
                "204|''|revoked",
                "400|{\"error\":\"invalid_token\"}|revoked",
                "400|{\"error\":\"invalid_grant\"}|revoked",
                "200|{\"error\":\"token_revoked\"}|revoked",
                "410|''|revoked",
                "401|{\"error\":\"invalid_client\"}|invalid_client",
                "400|{\"error\":\"unsupported_token_type\"}|unsupported_token_type",
                "200|{\"error\":\"<script>\"}|unknown_error",
                "404|<html>|status_404",
                "302|''|status_302",
                "401|''|status_401"
            })
    void isReadWhateverTheStatus(int status, String body, String expected) {
        provider.on(URL, status, body);
        assertThat(revoke("{\"auth\":\"basic\"}"))
                .isEqualTo(
                        expected.equals("revoked")
                                ? new RevocationOutcome.Revoked()
                                : new RevocationOutcome.Refused(expected));
    }

    @Test
    void takesARefusalOfTheTokenItselfForItsEnd() {
        provider.on(URL, 401, "{\"message\":\"bad credentials\"}");
        assertThat(revoke("{\"auth\":\"bearer\"}")).isEqualTo(new RevocationOutcome.Revoked());
        assertThat(provider.seen().getFirst().headers()).containsEntry("Authorization", "Bearer at");
        assertThat(provider.seen().getFirst().body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"429", "500", "503"})
    void isPutOffInTheProvidersTrouble(int status) {
        provider.on(URL, status, "{\"error\":\"invalid_token\"}");
        assertThat(revoke("{\"auth\":\"basic\"}"))
                .isInstanceOfSatisfying(
                        RevocationOutcome.Unavailable.class,
                        unavailable -> assertThat(unavailable.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void isPutOffWhileTheProviderIsAway() {
        provider.close();
        assertThat(revoke("{\"auth\":\"basic\"}")).isInstanceOf(RevocationOutcome.Unavailable.class);
    }

    @Test
    void isNotOfferedWithoutAnEndpointOrWithoutWhatItNeeds() {
        assertThat(Emulated.await(endpoint.revoke(TestSettings.plain(), CLIENT, TOKENS)))
                .isEqualTo(new RevocationOutcome.NotOffered());
        assertThat(revoke("{\"body\":\"user={user_id}\"}")).isEqualTo(new RevocationOutcome.NotOffered());
        assertThat(provider.seen()).isEmpty();
    }

    private RevocationOutcome revoke(String members) {
        String revoke = "{\"method\":\"POST\",\"url\":\"" + URL + "\"," + members.substring(1);
        return Emulated.await(endpoint.revoke(TestSettings.with("{\"revoke\":" + revoke + "}"), CLIENT, TOKENS));
    }
}
