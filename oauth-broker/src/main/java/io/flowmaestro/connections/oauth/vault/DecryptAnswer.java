package io.flowmaestro.connections.oauth.vault;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

@JsonIgnoreProperties(ignoreUnknown = true)
record DecryptAnswer(Data data) {

    /** The plaintext is base64. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(String plaintext) {

        @Override
        public String toString() {
            return "Data[redacted]";
        }
    }
}
