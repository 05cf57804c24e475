package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.oauthclient.ClientKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys with which we sign for ourselves where our id is the URL of a document. They are derived from the service's
 * secret and a number, so every replica has the same ones and none is stored.
 */
@ApplicationScoped
class SigningKeys {

    private static final String LABEL = "mcp-client-key/";
    /** 64 bits more than the order has, which leaves no bias (FIPS 186-5, A.2.1). */
    private static final int DERIVED_BYTES = 40;

    private static final int COORDINATE_BYTES = 32;

    private final ClientKey current;
    private final ObjectNode published;

    SigningKeys(McpConfig config) {
        this.current = new ClientKey(
                privateKey(scalar(config, config.clientKey())), id(publicKey(config, config.clientKey())));
        this.published = JsonNodeFactory.instance.objectNode();
        var keys = published.putArray("keys");
        IntStream.of(config.clientKey(), config.clientKey() - 1)
                .filter(number -> number > 0)
                .mapToObj(number -> publicKey(config, number))
                .forEach(key ->
                        keys.add(key.put("kid", id(key)).put("use", "sig").put("alg", "ES256")));
    }

    ClientKey current() {
        return current;
    }

    /** RFC 7517, section 5. */
    ObjectNode published() {
        return published;
    }

    private static BigInteger scalar(McpConfig config, int number) {
        byte[] derived = new byte[DERIVED_BYTES];
        byte[] first = hmac(config.secret(), LABEL + number + "/1");
        byte[] second = hmac(config.secret(), LABEL + number + "/2");
        System.arraycopy(first, 0, derived, 0, first.length);
        System.arraycopy(second, 0, derived, first.length, DERIVED_BYTES - first.length);
        BigInteger order = P256.PARAMETERS.getOrder();
        return new BigInteger(1, derived).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }

    private static byte[] hmac(String secret, String label) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(label.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", missing);
        }
    }

    private static PrivateKey privateKey(BigInteger scalar) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, P256.PARAMETERS));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a scalar below the order is a key", impossible);
        }
    }

    private static ObjectNode publicKey(McpConfig config, int number) {
        ECPoint point = P256.multiplied(scalar(config, number));
        return JsonNodeFactory.instance
                .objectNode()
                .put("crv", "P-256")
                .put("kty", "EC")
                .put("x", coordinate(point.getAffineX()))
                .put("y", coordinate(point.getAffineY()));
    }

    private static String coordinate(BigInteger value) {
        byte[] fixed = new byte[COORDINATE_BYTES];
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    /** RFC 7638: the members that make the key, in the order of their names. */
    private static String id(ObjectNode key) {
        String members = "{\"crv\":\"%s\",\"kty\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(
                        key.get("crv").textValue(),
                        key.get("kty").textValue(),
                        key.get("x").textValue(),
                        key.get("y").textValue());
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(sha.digest(members.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
