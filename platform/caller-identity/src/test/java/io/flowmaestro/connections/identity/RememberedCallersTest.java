package io.flowmaestro.connections.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedCallersTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Set<String> ROLES = Set.of(Roles.WORKER, Roles.USER);
    private static final UUID ALICE = UUID.randomUUID();

    private Instant now = NOW;

    private final IdentityConfig config = Identities.config(A_MINUTE);
    private final VerifiedTokens tokens = new VerifiedTokens(
            (request, _) -> Uni.createFrom().item(identity(request.getToken().getToken())), config, clock());
    private final RememberedCallers callers = new RememberedCallers(tokens, new Callers(config), config);

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    /** The token says what it is of: its role, a blank, and its audience. */
    private static SecurityIdentity identity(String token) {
        var words = token.split(" ");
        return Identities.identity(
                words[0],
                words[0].equals(Roles.USER) ? ALICE.toString() : "somebody",
                Map.of(
                        "azp",
                        "client",
                        "aud",
                        Set.of(words[1]),
                        "exp",
                        NOW.plusSeconds(30).getEpochSecond()));
    }

    private void verify(String token) {
        tokens.authenticate(
                        new TokenAuthenticationRequest(new AccessTokenCredential(token)),
                        _ -> Uni.createFrom().nullItem())
                .await()
                .indefinitely();
    }

    private static MultiMap headers(String authorization) {
        return MultiMap.caseInsensitiveMultiMap().add("Authorization", authorization);
    }

    private Optional<Caller> find(MultiMap headers) {
        return callers.find(headers, ROLES, "connections");
    }

    @Test
    void aWorkerCallsForTheUserThatItNames() {
        verify("worker connections");
        assertThat(find(headers("Bearer worker connections").add("X-On-Behalf-Of", ALICE.toString())))
                .contains(new Caller(ALICE, "somebody", "client"));
    }

    @Test
    void aPersonCallsForNobodyElse() {
        verify("user connections");
        assertThat(find(headers("Bearer user connections"))).contains(new Caller(ALICE, ALICE.toString(), "client"));
        assertThat(find(headers("Bearer user connections").add("X-On-Behalf-Of", ALICE.toString())))
                .isEmpty();
    }

    @Test
    void aTokenThatNobodyVerifiedIsNobodys() {
        assertThat(find(headers("Bearer user connections"))).isEmpty();
    }

    @Test
    void aTokenIsNotTakenPastItsEnd() {
        verify("user connections");
        now = NOW.plusSeconds(30);
        assertThat(find(headers("Bearer user connections"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin connections", "service connections", "user elsewhere", "worker elsewhere"})
    void whoeverMayNotCallIsNotFound(String token) {
        verify(token);
        assertThat(find(headers("Bearer " + token))).isEmpty();
        assertThat(find(headers("Bearer " + token).add("X-On-Behalf-Of", ALICE.toString())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user connections", "Basic user connections", "DPoP user connections", "bearer user connections"
            })
    void anotherSchemeIsForOthersToRead(String authorization) {
        verify("user connections");
        assertThat(find(headers(authorization))).isEmpty();
    }

    @Test
    void twoTokensAreForOthersToRefuse() {
        verify("user connections");
        assertThat(find(headers("Bearer user connections").add("Authorization", "Bearer user connections")))
                .isEmpty();
        assertThat(find(MultiMap.caseInsensitiveMultiMap())).isEmpty();
    }

    @Test
    void aWorkerThatNamesNobodyOrTwoIsForOthersToRefuse() {
        verify("worker connections");
        for (var named : List.of(List.<String>of(), List.of("alice"), List.of(ALICE.toString(), ALICE.toString()))) {
            assertThat(find(headers("Bearer worker connections").add("X-On-Behalf-Of", named)))
                    .isEmpty();
        }
    }
}
