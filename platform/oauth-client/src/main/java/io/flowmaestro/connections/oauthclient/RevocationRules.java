package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.catalog.RevokeAuth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a provider takes tokens back; URL, headers and bodies are templates.
 *
 * @param standard whether the token goes as RFC 7009, 2.1 says: in a form, with the client's proof
 * @param auth null for the client's own way at the token endpoint where it is standard, else for none
 * @param body a form of the provider's own; null or {@code none} for no body, unless it is standard or there is JSON
 * @param endsGrant revoking ends everything between the user and the client, other connections of theirs included
 */
public record RevocationRules(
        String method,
        String url,
        boolean standard,
        @Nullable RevokeAuth auth,
        @Nullable String body,
        Map<String, String> json,
        Map<String, String> headers,
        boolean endsGrant) {}
