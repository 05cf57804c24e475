package io.flowmaestro.connections.local;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** Tokens that the local identity provider would not give, signed with its very key: only what they say is wrong. */
final class SignedToken {
    private final PrivateKey key;

    /** Reads the key in the data folder. */
    SignedToken(Path home) throws IOException, GeneralSecurityException {
        JsonObject jwk = new JsonObject(Files.readString(home.resolve("identity/keys.json")))
                .getJsonObject("jwks")
                .getJsonArray("keys")
                .getJsonObject(0);
        this.key = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d")));
    }

    /** The same token with other claims. */
    String with(String token, UnaryOperator<JsonObject> change) throws GeneralSecurityException {
        String[] parts = token.split("\\.", -1);
        JsonObject claims = new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        String signed = parts[0] + "." + encoded(change.apply(claims).encode().getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + encoded(signature.sign());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static BigInteger number(JsonObject jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.getString(member)));
    }
}
