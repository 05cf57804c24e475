package io.flowmaestro.connections.local.training;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** An RSA key, and the tokens (RFC 7519) that it signs. */
record SigningKey(KeyPair pair) {
    /** Longer than a training takes. */
    static final Duration LIFETIME = Duration.ofMinutes(30);

    private static final String ID = "training";
    private static final String USER = "0190a1ce-0000-7000-8000-000000007a1e";
    private static final int BITS = 2048;

    static SigningKey made() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return new SigningKey(generator.generateKeyPair());
        } catch (GeneralSecurityException everyJdkHasRsa) {
            throw new IllegalStateException(everyJdkHasRsa);
        }
    }

    /** Its public half, as a JWK (RFC 7517). */
    JsonObject published() {
        RSAPublicKey half = (RSAPublicKey) pair.getPublic();
        return new JsonObject()
                .put("kty", "RSA")
                .put("kid", ID)
                .put("use", "sig")
                .put("alg", "RS256")
                .put("n", number(half.getModulus()))
                .put("e", number(half.getPublicExponent()));
    }

    String token(URI issuer) {
        long now = Instant.now().getEpochSecond();
        String signed =
                part(new JsonObject().put("alg", "RS256").put("typ", "JWT").put("kid", ID))
                        + "."
                        + part(new JsonObject()
                                .put("iss", issuer.toString())
                                .put("aud", "connections")
                                .put("sub", USER)
                                .put("groups", new JsonArray().add("user"))
                                .put("iat", now)
                                .put("exp", now + LIFETIME.toSeconds()));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException everyJdkSigns) {
            throw new IllegalStateException(everyJdkSigns);
        }
    }

    private static String part(JsonObject json) {
        return encoded(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Without the byte that only says that the number is positive. */
    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int first = bytes[0] == 0 ? 1 : 0;
        return encoded(Arrays.copyOfRange(bytes, first, bytes.length));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SigningKey";
    }
}
