package io.flowmaestro.connections.mcp.endpoint.login;

import java.util.List;

/** Metadata of a protected resource (RFC 9728, section 2). */
record ProtectedResource(
        String resource,
        List<String> authorizationServers,
        List<String> scopesSupported,
        List<String> bearerMethodsSupported,
        String resourceName) {}
