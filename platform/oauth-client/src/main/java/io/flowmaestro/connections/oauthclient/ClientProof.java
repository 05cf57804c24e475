package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.oauthclient.OAuthSettings.ClientAuthentication;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client adds to a request so that the provider knows it: headers, or members of the body. */
record ClientProof(Map<String, String> headers, Map<String, String> parameters) {

    static ClientProof of(OAuthSettings settings, ClientCredentials client, Instant now) {
        return of(settings.clientAuthentication(), settings.tokenUrl(), client, now);
    }

    static ClientProof of(ClientAuthentication authentication, String tokenUrl, ClientCredentials client, Instant now) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("client_id", client.id());
        return switch (authentication) {
            case BASIC -> new ClientProof(Map.of("Authorization", basic(client)), Map.of());
            case NONE -> new ClientProof(Map.of(), parameters);
            case BODY -> {
                parameters.put("client_secret", client.secret().reveal());
                yield new ClientProof(Map.of(), parameters);
            }
            case PRIVATE_KEY_JWT -> {
                if (client.key() == null) {
                    throw new IllegalStateException("this client has no private key to sign with");
                }
                parameters.put("client_assertion_type", ClientAssertion.TYPE);
                parameters.put(
                        "client_assertion",
                        ClientAssertion.sign(client.id(), client.key(), audience(client.key(), tokenUrl), now));
                yield new ClientProof(Map.of(), parameters);
            }
        };
    }

    private static String audience(ClientKey key, String tokenUrl) {
        return key.audience() == null ? tokenUrl : key.audience();
    }

    /** RFC 6749, 2.3.1: both halves are form-encoded before they are joined. */
    private static String basic(ClientCredentials client) {
        return basic(encoded(client.id()) + ":" + encoded(client.secret().reveal()));
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ClientProof[redacted]";
    }
}
