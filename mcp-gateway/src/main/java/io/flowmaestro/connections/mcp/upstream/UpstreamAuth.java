package io.flowmaestro.connections.mcp.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** How an MCP server wants to be called. Each kind puts exactly its own header on the wire. */
sealed interface UpstreamAuth {

    String AUTHORIZATION = "Authorization";

    Map<String, String> headers();

    record None() implements UpstreamAuth {
        @Override
        public Map<String, String> headers() {
            return Map.of();
        }
    }

    record ApiKey(String header, Secret key) implements UpstreamAuth {
        @Override
        public Map<String, String> headers() {
            return Map.of(header, key.reveal());
        }
    }

    record Bearer(Secret token) implements UpstreamAuth {
        @Override
        public Map<String, String> headers() {
            return Map.of(AUTHORIZATION, "Bearer " + token.reveal());
        }
    }

    /** RFC 7617, in UTF-8. */
    record Basic(String username, Secret password) implements UpstreamAuth {
        @Override
        public Map<String, String> headers() {
            var pair = (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
            return Map.of(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
        }
    }
}
