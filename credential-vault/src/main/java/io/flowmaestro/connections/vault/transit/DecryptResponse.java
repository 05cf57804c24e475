package io.flowmaestro.connections.vault.transit;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The opened record, base64 in JSON. */
@RegisterForReflection
record DecryptResponse(
        @JsonSerialize(using = PlaintextWriter.class) Plaintext plaintext) {}
