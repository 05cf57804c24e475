package io.flowmaestro.connections.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a client's signed word for itself (RFC 7523, section 3), with the JDK alone. */
final class ClientAssertions {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** RFC 7518, 3.1; nothing else is taken, {@code none} least of all. */
    private static final Map<String, String> ALGORITHMS =
            Map.of("ES256", "SHA256withECDSAinP1363Format", "RS256", "SHA256withRSA");

    private final Facts facts;
    private final Complaints complaints;
    private final Clock clock;
    private final Set<String> seen = new HashSet<>();

    ClientAssertions(Facts facts, Complaints complaints, Clock clock) {
        this.facts = facts;
        this.complaints = complaints;
        this.clock = clock;
    }

    /** Takes what belongs to the proof out of the parameters. False, with a complaint, where it proves nothing. */
    boolean prove(Map<String, String> parameters) {
        int before = complaints.all().size();
        complaints.same("assertion client_id", facts.client.id(), parameters.remove("client_id"));
        complaints.same("assertion client_assertion_type", TYPE, parameters.remove("client_assertion_type"));
        complaints.unless(parameters.remove("client_secret") == null, "assertion: a secret that nobody wants");
        String assertion = parameters.remove("client_assertion");
        String[] parts = assertion == null ? new String[0] : assertion.split("\\.", -1);
        if (parts.length != 3) {
            complaints.add("assertion: not a signed JWT");
            return false;
        }
        signature(parts);
        claims(json(parts[1]));
        return complaints.all().size() == before;
    }

    private void signature(String[] parts) {
        String algorithm = ALGORITHMS.get(json(parts[0]).path("alg").asText());
        PublicKey key = facts.client.key();
        if (algorithm == null || key == null) {
            complaints.add("assertion: signed by an algorithm that is not taken, or without a registered key");
            return;
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        complaints.unless(verifies(algorithm, key, signed, parts[2]), "assertion: not signed by the client's key");
    }

    private static boolean verifies(String algorithm, PublicKey key, byte[] signed, String signature) {
        try {
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return false;
        }
    }

    private void claims(JsonNode claims) {
        complaints.same("assertion iss", facts.client.id(), text(claims, "iss"));
        complaints.same("assertion sub", facts.client.id(), text(claims, "sub"));
        complaints.same("assertion aud", facts.fill(facts.method.token()), text(claims, "aud"));
        Instant end = Instant.ofEpochSecond(claims.path("exp").asLong());
        complaints.unless(end.isAfter(clock.instant()), "assertion: it has ended, or does not say when it does");
        complaints.unless(!end.isAfter(clock.instant().plus(LONGEST)), "assertion: good for too long");
        String id = text(claims, "jti");
        complaints.unless(id != null && !id.isEmpty() && seen.add(id), "assertion: used before, or without a jti");
    }

    private static @Nullable String text(JsonNode claims, String name) {
        JsonNode claim = claims.path(name);
        return claim.isTextual() ? claim.textValue() : null;
    }

    private static JsonNode json(String part) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        } catch (JsonProcessingException | IllegalArgumentException notJson) {
            return JSON.missingNode();
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes are at hand", impossible);
        }
    }
}
