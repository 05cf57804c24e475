package io.flowmaestro.connections.mcp.endpoint.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives clients something to keep for us and bring back unchanged. Every replica derives the same key from the service's
 * secret; each purpose has a key of its own. What is signed can be read by whoever holds it.
 */
@ApplicationScoped
public class Signer {

    private static final String HMAC = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    /** Characters of what is signed, as a header or a parameter may carry it. */
    static final int LONGEST = 8192;

    private final byte[] secret;

    Signer(EndpointSettings settings) {
        if (settings.secret().length() < 8) {
            throw new IllegalStateException("CONNECTIONS_SERVICE_SECRET must have at least 8 characters:"
                    + " the sessions of MCP clients are signed with a key that is derived from it.");
        }
        this.secret = settings.secret().getBytes(StandardCharsets.UTF_8);
    }

    public String sign(String purpose, ObjectNode content) {
        var payload = ENCODER.encodeToString(McpJson.write(content));
        return payload + "." + ENCODER.encodeToString(mac(purpose, payload));
    }

    /** The content, if it was signed here for that purpose. */
    public Optional<ObjectNode> verify(String purpose, String signed) {
        int dot = signed.indexOf('.');
        if (dot < 0 || signed.length() > LONGEST) {
            return Optional.empty();
        }
        var payload = signed.substring(0, dot);
        try {
            var decoder = Base64.getUrlDecoder();
            return MessageDigest.isEqual(mac(purpose, payload), decoder.decode(signed.substring(dot + 1)))
                            && McpJson.read(decoder.decode(payload)) instanceof ObjectNode content
                    ? Optional.of(content)
                    : Optional.empty();
        } catch (IllegalArgumentException | MalformedMessage _) {
            return Optional.empty();
        }
    }

    private byte[] mac(String purpose, String payload) {
        return hmac(hmac(secret, "connections mcp endpoint " + purpose), payload);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }
}
