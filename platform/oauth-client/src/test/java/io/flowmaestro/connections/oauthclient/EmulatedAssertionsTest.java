package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.egress.EgressRequest;
import io.vertx.core.buffer.Buffer;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An emulator that took any assertion would prove nothing: each one, changed in one place, must be noticed. */
class EmulatedAssertionsTest {

    private static final String TOKEN = "https://signing.example/token";
    private static final long NOW = Emulated.NOW.getEpochSecond();

    private static JwtClaims claims() {
        var claims = new JwtClaims();
        claims.setIssuer("client:1");
        claims.setSubject("client:1");
        claims.setAudience(TOKEN);
        claims.setExpirationTime(NumericDate.fromSeconds(NOW + 60));
        claims.setJwtId("once");
        return claims;
    }

    private static String signed(JwtClaims claims, PrivateKey key) {
        try {
            var signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue("ES256");
            signature.setKey(key);
            return signature.getCompactSerialization();
        } catch (org.jose4j.lang.JoseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String refresh(Emulated emulated, String token, String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", token);
        form.put("client_id", "client:1");
        form.put("client_assertion_type", ClientAssertion.TYPE);
        form.put("client_assertion", assertion);
        var request = EgressRequest.post(TOKEN, Buffer.buffer(FormText.form(form)))
                .withHeader("Content-Type", "application/x-www-form-urlencoded")
                .withHeader("Accept", "application/json");
        return Emulated.await(Emulated.EGRESS.send(request)).body().toString();
    }

    private static Arguments change(String what, Consumer<JwtClaims> change) {
        return Arguments.of(what, change);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("iss", claims -> claims.setIssuer("another")),
                change("sub", claims -> claims.setSubject("another")),
                change("aud", claims -> claims.setAudience("https://other.example/token")),
                change("has ended", claims -> claims.setExpirationTime(NumericDate.fromSeconds(NOW))),
                change("has ended", claims -> claims.unsetClaim("exp")),
                change("too long", claims -> claims.setExpirationTime(NumericDate.fromSeconds(NOW + 3600))),
                change("without a jti", claims -> claims.unsetClaim("jti")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void areRefusedWithAnotherClaim(String complaint, Consumer<JwtClaims> change) {
        try (var emulated = Emulated.of(Emulated.SIGNING)) {
            var token = emulated.connect().refreshToken().reveal();
            var claims = claims();
            claims.setJwtId("changed");
            change.accept(claims);
            assertThat(refresh(emulated, token, signed(claims, Emulated.KEYS.getPrivate())))
                    .contains("invalid_client");
            assertThat(emulated.emulator.complaints()).anyMatch(seen -> seen.contains(complaint));
            assertThat(refresh(emulated, token, signed(claims(), Emulated.KEYS.getPrivate())))
                    .as("the unchanged one")
                    .contains("access_token");
        }
    }

    @Test
    void areGoodOnce() {
        try (var emulated = Emulated.of(Emulated.SIGNING)) {
            var first = emulated.connect();
            String assertion = signed(claims(), Emulated.KEYS.getPrivate());
            assertThat(refresh(emulated, first.refreshToken().reveal(), assertion))
                    .contains("access_token");
            assertThat(refresh(emulated, first.refreshToken().reveal(), assertion))
                    .contains("invalid_client");
            assertThat(emulated.emulator.complaints()).anyMatch(seen -> seen.contains("used before"));
        }
    }

    @Test
    void areRefusedUnsignedOrSignedByAnotherKey() throws Exception {
        try (var emulated = Emulated.of(Emulated.SIGNING)) {
            var token = emulated.connect().refreshToken().reveal();
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
            assertThat(refresh(
                            emulated,
                            token,
                            signed(claims(), generator.generateKeyPair().getPrivate())))
                    .contains("invalid_client");
            assertThat(emulated.emulator.complaints())
                    .anyMatch(seen -> seen.contains("not signed by the client's key"));

            String[] parts = signed(claims(), Emulated.KEYS.getPrivate()).split("\\.");
            String none = java.util.Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(refresh(emulated, token, none + "." + parts[1] + ".")).contains("invalid_client");
            assertThat(refresh(emulated, token, "a.b")).contains("invalid_client");
        }
    }
}
