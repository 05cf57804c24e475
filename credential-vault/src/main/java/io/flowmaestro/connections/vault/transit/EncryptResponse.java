package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The sealed record, to be stored and sent back as it is. */
record EncryptResponse(ObjectNode envelope) {}
