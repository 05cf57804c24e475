package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Map;

/** A plain provider, with the oddity that a test is about. */
final class TestSettings {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PLAIN = """
            {"authorize": "https://acme.example/authorize", "token": "https://acme.example/token",
             "default_scopes": ["basic"], "pkce": "supported", "token_auth": "body"}""";

    private TestSettings() {}

    static OAuthSettings plain() {
        return with("{}");
    }

    /** A whole block, without the plain provider's members. */
    static OAuthDefinition read(String block) {
        try {
            return OAuthDefinition.read(JSON.readTree(block));
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** @param members of the {@code oauth2} block, in place of the plain ones */
    static OAuthSettings with(String members) {
        return definition(members).settings(Map.of());
    }

    static OAuthDefinition definition(String... members) {
        try {
            ObjectNode block = (ObjectNode) JSON.readTree(PLAIN);
            for (String some : members) {
                block.setAll((ObjectNode) JSON.readTree(some));
            }
            return OAuthDefinition.read(block);
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
