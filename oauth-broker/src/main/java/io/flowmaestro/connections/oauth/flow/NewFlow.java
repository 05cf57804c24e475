package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A flow about to be stored; its secrets go in as hashes.
 *
 * @param extraScopes of a second kind, for a provider that has one
 * @param connection to be renewed; a new one is made without
 * @param variables of the provider's addresses
 * @param authorization the vault's envelope of an MCP server's; null for a provider of the catalogue
 */
record NewFlow(
        UUID id,
        UUID user,
        String provider,
        String redirectUri,
        Digest stateHash,
        Digest browserHash,
        List<String> scopes,
        List<String> extraScopes,
        @Nullable String name,
        @Nullable String returnTo,
        @Nullable UUID connection,
        Map<String, String> variables,
        @Nullable JsonNode authorization) {}
