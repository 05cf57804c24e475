package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.Rotation;
import io.flowmaestro.connections.emulator.Behaviour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every OAuth provider of the catalogue, from the authorize URL to the revocation, against a strict emulator of it. */
class EveryProviderTest {

    private static final String EACH = "{0}";

    static Stream<String> keys() {
        return Emulated.providers().map(Provider::key);
    }

    private static Emulated emulated(String key, Behaviour... behaviour) {
        return Emulated.of(
                Emulated.providers()
                        .filter(provider -> provider.key().equals(key))
                        .findFirst()
                        .orElseThrow(),
                behaviour);
    }

    @Test
    void isEveryFileWithAnOAuthMethod() throws Exception {
        Path folder = Path.of("../provider-catalog/src/main/resources/providers");
        try (var files = Files.list(folder)) {
            List<String> withOAuth = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(EveryProviderTest::hasOAuth)
                    .map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
            assertThat(withOAuth).hasSizeGreaterThanOrEqualTo(53);
            assertThat(Emulated.catalogued().map(Provider::key)).containsExactlyElementsOf(withOAuth);
        }
    }

    private static boolean hasOAuth(Path file) {
        try {
            return Files.readString(file).contains("\n  oauth2:");
        } catch (java.io.IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void isConnected(String key) {
        try (var emulated = emulated(key)) {
            var callback = emulated.callback();
            assertThat(callback).containsEntry("state", Emulated.STATE);

            var grant = emulated.granted(emulated.exchange(callback));
            var facts = emulated.facts;
            boolean refreshable = facts.refresh().rotates() != Rotation.NONE;
            assertThat(grant.accessToken().reveal()).startsWith("at.");
            assertThat(grant.refreshToken() != null).isEqualTo(refreshable);
            assertThat(grant.expiresAt())
                    .isEqualTo(
                            facts.refresh().accessTtlS() == null
                                    ? null
                                    : Emulated.NOW.plusSeconds(facts.refresh().accessTtlS()));
            assertThat(grant.scope()).isEqualTo(emulated.scopes());
            assertThat(grant.account().id()).isEqualTo(facts.tokenResponse().accountId() == null ? null : "account-1");
            assertThat(emulated.emulator.complaints()).isEmpty();
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void tellsItsAccountAndWhereItsApiIs(String key) {
        try (var emulated = emulated(key)) {
            var callback = emulated.callback();
            var grant = emulated.granted(emulated.exchange(callback));
            var account = Emulated.await(emulated.accounts.find(emulated.settings(callback), grant));
            var facts = emulated.facts;
            assertThat(facts.account()).as("an account call").isNotNull();
            assertThat(account.id()).isEqualTo("who-1");
            assertThat(account.name()).isEqualTo("ann@tenant.example");
            assertThat(emulated.emulator.complaints()).isEmpty();

            var kept = grant.tokens(List.of()).with(account.variables()).fields();
            if (facts.tokenResponse().apiBase() != null) {
                assertThat(kept.path("base_url").asText()).isEqualTo("https://api.tenant.example");
            }
            if (facts.tokenResponse().apiHost() != null) {
                assertThat(kept.path(facts.tokenResponse().apiHost()).asText()).isEqualTo("api.tenant.example");
            }
            if (facts.account().apiBase() != null) {
                assertThat(kept.path("base_url").asText()).isEqualTo("https://us21.api.tenant.example");
            }
            facts.account()
                    .learn()
                    .forEach((name, path) -> assertThat(kept.path(name).asText())
                            .as("the learned " + name)
                            .isEqualTo(path.equals(facts.account().id()) ? "who-1" : "learned-1"));
            emulated.chosen()
                    .forEach((name, value) -> assertThat(kept.path(name).asText())
                            .as("the chosen " + name)
                            .isEqualTo(value));
            facts.callbackPatterns()
                    .keySet()
                    .forEach(name -> assertThat(kept.has(name)).as(name).isTrue());
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void isRefreshedAsItsFactsSay(String key) {
        try (var emulated = emulated(key)) {
            var first = emulated.connect();
            var facts = emulated.facts;
            if (first.renewalSecret(emulated.definition.settings(first)) == null) {
                assertThat(facts.refresh().rotates()).isEqualTo(Rotation.NONE);
                return;
            }
            var second = emulated.renewed(first);
            var third = emulated.renewed(second);
            var fourth = emulated.renewed(third);

            assertThat(Stream.of(first, second, third, fourth)
                            .map(tokens -> tokens.accessToken().reveal()))
                    .doesNotHaveDuplicates();
            assertThat(fourth.scope()).isEqualTo(first.scope());
            assertThat(fourth.fields()).isEqualTo(first.fields());
            assertThat(fourth.expiresAt()).isEqualTo(first.expiresAt());
            long refreshTokens = Stream.of(first, second, third, fourth)
                    .map(tokens -> tokens.refreshToken() == null
                            ? ""
                            : tokens.refreshToken().reveal())
                    .distinct()
                    .count();
            assertThat(refreshTokens)
                    .isEqualTo(
                            switch (facts.refresh().rotates()) {
                                case YES -> 4;
                                case SOMETIMES -> 2;
                                case NO, NONE -> 1;
                            });
            assertThat(emulated.emulator.complaints()).isEmpty();
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void saysThatARefreshTokenIsDead(String key) {
        try (var emulated = emulated(key)) {
            var connection = emulated.connect();
            if (connection.renewalSecret(emulated.definition.settings(connection)) == null) {
                return;
            }
            assertThat(emulated.refresh(connection, Secret.of("long-gone")))
                    .isInstanceOfSatisfying(
                            TokenAnswer.Refused.class,
                            refused -> assertThat(refused.grantInvalid())
                                    .as(refused.error())
                                    .isTrue());
            assertThat(emulated.emulator.complaints()).isEmpty();
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void endsTheFamilyOfAReusedTokenUnlessItsFactsTolerateIt(String key) {
        try (var emulated = emulated(key)) {
            var refresh = emulated.facts.refresh();
            if (refresh.rotates() != Rotation.YES) {
                return;
            }
            var first = emulated.connect();
            var second = emulated.renewed(first);
            boolean tolerated = refresh.reuseTolerated()
                    || refresh.reuseLeewayS() != null
                    || refresh.previousRtValidUntilReplacementUsed();

            var reused = emulated.refresh(second, first.refreshToken());

            assertThat(reused instanceof TokenAnswer.Granted).isEqualTo(tolerated);
            assertThat(emulated.refresh(second, second.refreshToken()) instanceof TokenAnswer.Granted)
                    .isEqualTo(tolerated);
            assertThat(emulated.emulator.redemptions())
                    .isEqualTo(Map.of(
                            first.refreshToken().reveal(), 2,
                            second.refreshToken().reveal(), 1));
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void isRevokedInItsOwnWayAndAgainWithoutHarm(String key) {
        try (var emulated = emulated(key)) {
            var connection = emulated.connect();
            var outcome = emulated.revoke(connection);
            if (emulated.facts.revoke() == null) {
                assertThat(outcome).isEqualTo(new RevocationOutcome.NotOffered());
                return;
            }
            assertThat(outcome).as("%s", emulated.emulator.complaints()).isEqualTo(new RevocationOutcome.Revoked());
            assertThat(emulated.emulator.complaints()).isEmpty();
            if (connection.refreshToken() != null) {
                assertThat(emulated.refresh(connection, connection.refreshToken()))
                        .isInstanceOf(TokenAnswer.Refused.class);
            }
            assertThat(emulated.revoke(connection)).isEqualTo(new RevocationOutcome.Revoked());
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void isConnectedWithTokensElsewhereWithoutARefreshTokenAndWithoutAnExpiry(String key) {
        try (var emulated = emulated(key, Behaviour.NESTED_TOKENS, Behaviour.NO_REFRESH_TOKEN, Behaviour.NO_EXPIRY)) {
            var connection = emulated.connect();
            assertThat(connection.accessToken().reveal()).startsWith("at.");
            assertThat(connection.refreshToken()).isNull();
            assertThat(connection.expiresAt()).isNull();
            if (emulated.facts.revoke() != null) {
                assertThat(emulated.revoke(connection))
                        .isInstanceOfAny(RevocationOutcome.Revoked.class, RevocationOutcome.NotOffered.class);
            }
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void refusesASecondUseOfTheCode(String key) {
        try (var emulated = emulated(key)) {
            var callback = emulated.callback();
            emulated.granted(emulated.exchange(callback));
            assertThat(emulated.exchange(callback)).isInstanceOf(TokenAnswer.Refused.class);
        }
    }

    @ParameterizedTest(name = EACH)
    @MethodSource("keys")
    void isNotTakenForRefusingInItsTrouble(String key) {
        try (var emulated = emulated(key)) {
            var callback = emulated.callback();
            for (String broken : List.of("{\"access_token\":\"at", "<html>", "", "[]")) {
                emulated.emulator.answerNext(200, broken);
                assertThat(emulated.exchange(callback))
                        .isInstanceOfSatisfying(
                                TokenAnswer.Unavailable.class,
                                unavailable -> assertThat(unavailable.settled()).isFalse());
            }
            for (int status : List.of(429, 500, 503)) {
                emulated.emulator.answerNext(status, "{\"error\":\"invalid_grant\"}");
                assertThat(emulated.exchange(callback)).isInstanceOf(TokenAnswer.Unavailable.class);
            }
            emulated.granted(emulated.exchange(callback));
        }
    }
}
