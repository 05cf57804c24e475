package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalogue entry, as far as it is read here; the names are the provider file's. The OAuth block is oauth-client's. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ProviderWire(
        String key, @Nullable String name, @Nullable Methods methods) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Methods(
            @Nullable JsonNode oauth2,
            @Nullable ApiKey apiKey,
            @Nullable BasicAuth basicAuth,
            @Nullable Custom custom) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ApiKey(
            @Nullable String base,
            @Nullable Map<String, String> header,
            @Nullable Map<String, String> query,
            @Nullable Basic basic,
            @Nullable Map<String, Variable> config,
            @Nullable List<Field> fields) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record BasicAuth(
            @Nullable String base,
            @Nullable Basic basic,
            @Nullable Map<String, Variable> config,
            @Nullable List<Field> fields) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Custom(
            @Nullable String base,
            @Nullable Map<String, Variable> config,
            @Nullable List<Field> fields) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Basic(String user, String pass) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Variable(
            @JsonProperty("default") @Nullable String defaultValue,
            @Nullable List<String> values,
            @Nullable String pattern,
            @Nullable String fromKeySuffixAfter) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Field(
            String name,
            @JsonProperty("default") @Nullable String defaultValue,
            @Nullable List<String> values,
            @Nullable String pattern) {}
}
