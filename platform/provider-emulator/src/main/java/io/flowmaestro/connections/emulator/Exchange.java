package io.flowmaestro.connections.emulator;

import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as the emulator sees it.
 *
 * @param url scheme, host and path of the real URL
 * @param query decoded parameters; one that came twice is a complaint before this is made
 */
record Exchange(String method, String url, Map<String, String> query, MultiMap headers, String body) {

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** Client and secret of HTTP Basic, each form-decoded as RFC 6749, 2.3.1 has it; null for none. */
    @Nullable
    String basicClient() {
        String pair = basic();
        return pair == null ? null : URLDecoder.decode(pair, StandardCharsets.UTF_8);
    }

    /** User and password of HTTP Basic as they are; null for none. */
    @Nullable
    String basic() {
        String header = header("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return null;
        }
        return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
    }
}
