package io.flowmaestro.connections.oauth.vault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

record DecryptRequest(UUID connectionId, String purpose, JsonNode envelope) {}
