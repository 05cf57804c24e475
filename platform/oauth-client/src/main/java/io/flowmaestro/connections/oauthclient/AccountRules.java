package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.verification.FactPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cheap "who am I" call, whose answer names the connection. URL and headers are templates.
 *
 * @param json its body, unless it is empty
 * @param okPath a flag that says whether an HTTP 200 is a success
 * @param apiBase where the answer tells the base of the API
 * @param learn where the answer tells what the connection keeps, by name
 */
public record AccountRules(
        String method,
        String url,
        Map<String, String> headers,
        Map<String, String> json,
        @Nullable FactPath okPath,
        @Nullable FactPath id,
        @Nullable FactPath name,
        @Nullable FactPath apiBase,
        Map<String, FactPath> learn) {}
