package io.flowmaestro.connections.oauth.erasure;

/** How much of a user there was. */
record Removed(
        int flows,
        int flowResults,
        int refreshLeases,
        int refreshAttempts,
        int mcpClients,
        int pendingGrants,
        int usageEvents) {

    Removed withUsageEvents(int events) {
        return new Removed(flows, flowResults, refreshLeases, refreshAttempts, mcpClients, pendingGrants, events);
    }
}
