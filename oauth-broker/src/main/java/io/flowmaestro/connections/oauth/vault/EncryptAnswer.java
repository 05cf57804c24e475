package io.flowmaestro.connections.oauth.vault;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;

@JsonIgnoreProperties(ignoreUnknown = true)
record EncryptAnswer(Data data) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(JsonNode envelope) {}
}
