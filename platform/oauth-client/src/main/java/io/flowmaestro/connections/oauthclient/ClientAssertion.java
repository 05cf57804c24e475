package io.flowmaestro.connections.oauthclient;

import java.time.Duration;
import java.time.Instant;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** A client's signed word for itself (RFC 7523, section 3): good once, for five minutes, at one token endpoint. */
final class ClientAssertion {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private ClientAssertion() {}

    static String sign(String clientId, ClientKey key, String tokenUrl, Instant now) {
        var claims = new JwtClaims();
        claims.setIssuer(clientId);
        claims.setSubject(clientId);
        claims.setAudience(tokenUrl);
        claims.setGeneratedJwtId();
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        var signed = new JsonWebSignature();
        signed.setPayload(claims.toJson());
        signed.setKey(key.privateKey());
        signed.setAlgorithmHeaderValue(key.algorithm());
        signed.setHeader("typ", "JWT");
        if (key.id() != null) {
            signed.setKeyIdHeaderValue(key.id());
        }
        try {
            return signed.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException("a checked key signs", impossible);
        }
    }
}
