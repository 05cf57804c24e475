package io.flowmaestro.connections.oauthclient;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs client assertions: RSA of 2048 bits or more (RS256), or EC on P-256 (ES256).
 *
 * @param id the {@code kid} under which the provider knows the public key; null where it has one only
 * @param audience whom its assertions are for; null for the token endpoint
 */
public record ClientKey(
        PrivateKey privateKey,
        @Nullable String id,
        @Nullable String audience) {

    public ClientKey(PrivateKey privateKey, @Nullable String id) {
        this(privateKey, id, null);
    }

    /** The same with assertions that are for an issuer: then no other server can be given one of them. */
    public ClientKey withAudience(String issuer) {
        return new ClientKey(privateKey, id, issuer);
    }

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final int SHORTEST_RSA = 2048;
    private static final int P256 = 256;

    /**
     * Reads PKCS#8 in PEM.
     *
     * @throws IllegalArgumentException saying what is accepted, and nothing of the key
     */
    public static ClientKey read(String pem, @Nullable String id) {
        var matcher = PEM.matcher(pem.strip());
        if (!matcher.matches()) {
            throw refused("not a PKCS#8 key in PEM (openssl pkcs8 -topk8 -nocrypt makes one of other forms)");
        }
        return new ClientKey(decode(bytes(matcher.group(1))), id);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException broken) {
            throw refused("not a whole PEM file");
        }
    }

    private static PrivateKey decode(byte[] pkcs8) {
        var spec = new PKCS8EncodedKeySpec(pkcs8);
        for (String algorithm : new String[] {"EC", "RSA"}) {
            try {
                PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(spec);
                if (!strong(key)) {
                    break;
                }
                return key;
            } catch (GeneralSecurityException other) {
                // The next algorithm may fit.
            }
        }
        throw refused("neither an EC key on P-256 nor an RSA key of 2048 bits or more");
    }

    private static boolean strong(PrivateKey key) {
        return switch (key) {
            case ECPrivateKey ec -> ec.getParams().getCurve().getField().getFieldSize() == P256;
            case RSAPrivateKey rsa -> rsa.getModulus().bitLength() >= SHORTEST_RSA;
            default -> false;
        };
    }

    /** RFC 7518, 3.1. */
    String algorithm() {
        return privateKey instanceof ECPrivateKey ? "ES256" : "RS256";
    }

    private static IllegalArgumentException refused(String reason) {
        return new IllegalArgumentException("The client's private key cannot be used: it is " + reason + ".");
    }

    @Override
    public String toString() {
        return "ClientKey[redacted]";
    }
}
