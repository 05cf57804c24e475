package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** The opened record, base64 in JSON. */
record DecryptResponse(
        @JsonSerialize(using = PlaintextWriter.class) Plaintext plaintext) {}
