package io.flowmaestro.connections.oauthclient;

import java.util.Map;

/** A provider's own call that swaps an access token for one that lives longer. {@code params} are templates. */
public record SwapRules(String method, String url, Map<String, String> params) {}
