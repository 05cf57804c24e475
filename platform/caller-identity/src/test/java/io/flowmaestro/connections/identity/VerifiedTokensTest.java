package io.flowmaestro.connections.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedTokensTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final AuthenticationRequestContext NOT_BLOCKING = _ -> {
        throw new IllegalStateException("Nothing blocks here");
    };

    private final List<String> checked = new ArrayList<>();
    private Instant now = NOW;

    @Test
    void aTokenIsVerifiedOnceInAWhile() {
        var tokens = tokens(A_MINUTE);
        var first = authenticate(tokens, "header.payload.signature");
        assertThat(authenticate(tokens, "header.payload.signature")).isSameAs(first);
        assertThat(first.getRoles()).containsExactly(Roles.WORKER);
        assertThat(checked).containsExactly("header.payload.signature");
    }

    @Test
    void whatIsRememberedIsOfNoRequest() {
        var identity = authenticate(tokens(A_MINUTE), "token");
        assertThat(identity.getAttributes())
                .containsEntry("tenant-id", "Default")
                .doesNotContainKeys(RoutingContext.class.getName(), AuthenticationRequestContext.class.getName());
    }

    @Test
    void aTokenWithAnythingElseInItIsVerified() {
        var tokens = tokens(A_MINUTE);
        authenticate(tokens, "header.payload.signature");
        authenticate(tokens, "header.payload.signaturf");
        authenticate(tokens, "header.payloae.signature");
        assertThat(checked).hasSize(3);
    }

    @Test
    void aTokenIsNotTakenPastItsEnd() {
        var tokens = tokens(A_MINUTE);
        authenticate(tokens, "token");
        now = NOW.plusMillis(29_999);
        authenticate(tokens, "token");
        assertThat(checked).hasSize(1);
        now = NOW.plusSeconds(30);
        authenticate(tokens, "token");
        assertThat(checked).hasSize(2);
    }

    @Test
    void aTokenThatCouldBeMadeLongerAtWillIsVerifiedAgain() {
        var tokens = tokens(A_MINUTE);
        var usual = "a".repeat(4_096);
        for (int i = 0; i < 2; i++) {
            authenticate(tokens, usual);
            authenticate(tokens, usual + "=");
        }
        assertThat(checked).containsExactly(usual, usual + "=", usual + "=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x5t#S256", "dpop_proof"})
    void aTokenThatIsBoundToItsHolderIsVerifiedWithTheProof(String proof) {
        var tokens = tokens(A_MINUTE);
        authenticate(tokens, "token");
        var bound = request(new AccessTokenCredential("token"));
        var call = (RoutingContext) Proxy.newProxyInstance(
                RoutingContext.class.getClassLoader(),
                new Class<?>[] {RoutingContext.class},
                (_, method, arguments) ->
                        method.getName().equals("get") && arguments[0].equals(proof) ? "a proof" : null);
        HttpSecurityUtils.setRoutingContextAttribute(bound, call);

        tokens.authenticate(bound, NOT_BLOCKING).await().indefinitely();

        assertThat(checked).containsExactly("token", "token");
    }

    @Test
    void aTokenThatWasRefusedIsVerifiedAgain() {
        var tokens = tokens(A_MINUTE);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> authenticate(tokens, "bad")).isInstanceOf(AuthenticationFailedException.class);
        }
        assertThat(checked).hasSize(2);
    }

    @Test
    void nothingIsRememberedForNoTime() {
        var tokens = tokens(Duration.ZERO);
        authenticate(tokens, "token");
        authenticate(tokens, "token");
        assertThat(checked).hasSize(2);
    }

    @Test
    void anotherKindOfTokenIsLeftToOthers() {
        var tokens = tokens(A_MINUTE);
        assertThat(tokens.authenticate(request(new IdTokenCredential("token")), NOT_BLOCKING)
                        .await()
                        .indefinitely())
                .isNull();
        assertThat(checked).isEmpty();
    }

    private VerifiedTokens tokens(Duration remembered) {
        var clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new VerifiedTokens((request, _) -> verify(request.getToken()), Identities.config(remembered), clock);
    }

    /** Takes every token for half a minute, but for a bad one. */
    private Uni<SecurityIdentity> verify(TokenCredential token) {
        checked.add(token.getToken());
        return token.getToken().equals("bad")
                ? Uni.createFrom().failure(new AuthenticationFailedException())
                : Uni.createFrom()
                        .item(Identities.builder(
                                        Roles.WORKER,
                                        "worker",
                                        Map.of("exp", NOW.plusSeconds(30).getEpochSecond()))
                                .addAttribute("tenant-id", "Default")
                                .addAttribute(RoutingContext.class.getName(), new Object())
                                .addAttribute(AuthenticationRequestContext.class.getName(), NOT_BLOCKING)
                                .build());
    }

    private static SecurityIdentity authenticate(VerifiedTokens tokens, String token) {
        return tokens.authenticate(request(new AccessTokenCredential(token)), NOT_BLOCKING)
                .await()
                .indefinitely();
    }

    private static TokenAuthenticationRequest request(TokenCredential token) {
        return new TokenAuthenticationRequest(token);
    }
}
