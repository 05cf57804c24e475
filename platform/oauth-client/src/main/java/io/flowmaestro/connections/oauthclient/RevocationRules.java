package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.catalog.RevokeAuth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a provider takes tokens back; URL, headers and bodies are templates.
 *
 * @param auth null where the body says it all
 * @param body a form; null for RFC 7009's where there is no JSON either, {@code none} for no body at all
 * @param endsGrant revoking ends everything between the user and the client, other connections of theirs included
 */
public record RevocationRules(
        String method,
        String url,
        @Nullable RevokeAuth auth,
        @Nullable String body,
        Map<String, String> json,
        Map<String, String> headers,
        boolean endsGrant) {}
