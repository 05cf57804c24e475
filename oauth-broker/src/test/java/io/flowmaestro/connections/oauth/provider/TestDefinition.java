package io.flowmaestro.connections.oauth.provider;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.oauthclient.OAuthDefinition;

/** A plain provider's OAuth block, with the oddity that a test is about. */
public final class TestDefinition {

    private TestDefinition() {}

    /** @param extra further members, each with a comma before it */
    public static OAuthDefinition with(String extra) {
        try {
            return OAuthDefinition.read(JsonMapper.builder().build().readTree("""
                    {"authorize":"https://acme.example/authorize","token":"https://acme.example/token"%s}""".formatted(extra)));
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }
}
