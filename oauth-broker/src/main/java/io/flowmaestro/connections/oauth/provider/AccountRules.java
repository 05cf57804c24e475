package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.verification.FactPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cheap "who am I" call, whose answer names the connection. A non-empty {@code json} is its body. */
public record AccountRules(
        String method,
        String url,
        Map<String, String> headers,
        Map<String, String> json,
        @Nullable FactPath id,
        @Nullable FactPath name) {}
