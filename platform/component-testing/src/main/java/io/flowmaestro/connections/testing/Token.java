package io.flowmaestro.connections.testing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Makes one signed token. */
final class Token {

    record Claims(String subject, String client, String group, String audience, long expiresInSeconds) {}

    private Token() {}

    static String sign(Claims of) {
        var claims = new JwtClaims();
        claims.setIssuer(System.getProperty(Tokens.ISSUER));
        claims.setSubject(of.subject());
        claims.setAudience(of.audience());
        claims.setClaim("client_id", of.client());
        claims.setStringListClaim("groups", List.of(of.group()));
        claims.setClaim("email", of.subject() + "@example.com");
        claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() - 120));
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + of.expiresInSeconds()));
        claims.setGeneratedJwtId();
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKeyIdHeaderValue(Tokens.KEY_ID);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            signature.setKey(key());
            return signature.getCompactSerialization();
        } catch (JoseException | GeneralSecurityException failure) {
            throw new IllegalStateException("PeersResource must be started first", failure);
        }
    }

    private static PrivateKey key() throws GeneralSecurityException {
        byte[] encoded = Base64.getDecoder().decode(System.getProperty(Tokens.PRIVATE_KEY));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
