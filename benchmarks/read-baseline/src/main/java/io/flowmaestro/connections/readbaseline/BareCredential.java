package io.flowmaestro.connections.readbaseline;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape and the length of a credential in the broker's answers; nothing of it is anybody's. */
@RegisterForReflection
record BareCredential(
        String type,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Instant expiresAt,
        long credentialVersion,
        Apply apply,
        @JsonAnyGetter Map<String, Object> fields) {

    private static final String KEY = "k".repeat(51);
    private static final String TOKEN = "t".repeat(220);

    static final BareCredential API_KEY =
            new BareCredential("api_key", null, 1, apply(KEY, "https://api.openai.com"), Map.of("api_key", KEY));
    static final BareCredential OAUTH2 = new BareCredential(
            "oauth2",
            Instant.parse("2126-01-01T00:00:00.123456Z"),
            1,
            apply(TOKEN, null),
            Map.of("access_token", TOKEN, "token_type", "Bearer", "scope", List.of("read")));

    /** How a worker is to send it. */
    record Apply(
            Map<String, String> headers,
            Map<String, String> query,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String baseUrl) {}

    private static Apply apply(String secret, @Nullable String baseUrl) {
        return new Apply(Map.of("Authorization", "Bearer " + secret), Map.of(), baseUrl);
    }
}
