package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.egress.EgressRequest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A provider without users to sign in, played by the emulator. */
class ClientCredentialsGrantTest {

    private static final OAuthDefinition MACHINE = TestSettings.read("""
            {"grant": "client_credentials", "token": "https://machine.example/token", "token_auth": "basic",
             "default_scopes": ["basic"], "token_params": {"audience": "api"}, "refresh": {"rotates": "none", "access_ttl_s": 3600},
             "account": {"method": "GET", "url": "https://machine.example/me", "id": "id", "name": "name"}}""");

    private static TokenAnswer ask(Emulated emulated, String... scopes) {
        return Emulated.await(emulated.tokens.clientCredentials(
                MACHINE.settings(emulated.chosen()), emulated.client, List.of(scopes)));
    }

    @Test
    void isGrantedAndRenewedByTheSameRequest() {
        try (var emulated = Emulated.of(MACHINE)) {
            var settings = MACHINE.settings(emulated.chosen());
            var grant = emulated.granted(ask(emulated, "basic", "more"));
            var first = TokenData.read(TokenData.write(grant.tokens(List.of("basic", "more"))));
            assertThat(first.refreshToken()).isNull();
            assertThat(first.isRenewable(settings)).isTrue();
            assertThat(first.scope()).containsExactly("basic", "more");
            assertThat(first.expiresAt()).isEqualTo(Emulated.NOW.plusSeconds(3600));
            assertThat(Emulated.await(emulated.accounts.find(settings, grant)).id())
                    .isEqualTo("who-1");

            var result = Emulated.await(emulated.tokens.renew(settings, emulated.client, first));
            var second = first.renewedBy(emulated.granted(result.read(settings)));

            assertThat(second.accessToken().reveal())
                    .isNotEqualTo(first.accessToken().reveal());
            assertThat(second.scope()).containsExactly("basic", "more");
            assertThat(emulated.emulator.complaints()).isEmpty();
        }
    }

    @Test
    void isAskedForOnBehalfOfTheUser() {
        try (var emulated = Emulated.of(MACHINE)) {
            var user = UUID.randomUUID();
            var answer = Emulated.await(emulated.tokens
                    .calledFor(user)
                    .clientCredentials(MACHINE.settings(emulated.chosen()), emulated.client, List.of("basic")));

            assertThat(answer).isInstanceOf(TokenAnswer.Granted.class);
            assertThat(Emulated.EGRESS.sent())
                    .last()
                    .extracting(EgressRequest::owner)
                    .isEqualTo(user);
        }
    }

    @Test
    void keepsNoRefreshTokenThatAProviderIssuesAllTheSame() {
        try (var emulated = Emulated.of(MACHINE)) {
            emulated.emulator.answerNext(200, "{\"access_token\":\"at\",\"refresh_token\":\"rt\"}");
            var grant = emulated.granted(ask(emulated, "basic"));
            assertThat(grant.refreshToken()).isNull();
            assertThat(grant.expiresAt()).as("as long as the facts say").isEqualTo(Emulated.NOW.plusSeconds(3600));
        }
    }

    @Test
    void isRefusedToAnotherClient() {
        try (var emulated = Emulated.of(MACHINE)) {
            var stranger = new ClientCredentials("client:1", Secret.of("wrong"));
            var answer = Emulated.await(
                    emulated.tokens.clientCredentials(MACHINE.settings(emulated.chosen()), stranger, List.of("basic")));
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            TokenAnswer.Refused.class,
                            refused -> assertThat(refused.clientInvalid()).isTrue());
        }
    }

    @Test
    void isNoticedWhereItIsNotAsTheFactsSay() {
        try (var emulated = Emulated.of(MACHINE)) {
            assertThat(ask(emulated, "more")).isInstanceOf(TokenAnswer.Refused.class);
            assertThat(emulated.emulator.complaints()).anyMatch(complaint -> complaint.contains("default scopes"));
        }
    }

    @Test
    void isRepeatedWithoutHarmAndRevokedByNobody() {
        assertThat(MACHINE.isOfTheClient()).isTrue();
        assertThat(MACHINE.reuseTolerated()).isTrue();
        assertThat(MACHINE.settings(java.util.Map.of()).revocation()).isNull();
    }
}
