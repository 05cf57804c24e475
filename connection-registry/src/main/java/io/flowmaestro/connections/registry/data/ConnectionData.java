package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.ShownUrl;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Validated data of one connection: the whole of it to be sealed, and the part that may show. */
public sealed interface ConnectionData {

    /** The JSON object that workers will get back, as text. */
    Secret plaintext();

    /** The fields that are no secret, for {@code metadata.config}. */
    ObjectNode config();

    record ApiKey(Secret plaintext, ObjectNode config) implements ConnectionData {}

    /** An access token, when it stops working if that is known, and whether a refresh token came with it. */
    record OAuth2(
            Secret plaintext, ObjectNode config, @Nullable Instant expiresAt, boolean refreshable)
            implements ConnectionData {}

    record BasicAuth(Secret plaintext, ObjectNode config) implements ConnectionData {}

    record Custom(Secret plaintext, ObjectNode config) implements ConnectionData {}

    /** A server and what it wants. The URL is the part that may be seen, see {@link ShownUrl}. */
    record Mcp(Secret plaintext, ObjectNode config, String serverUrl) implements ConnectionData {}
}
