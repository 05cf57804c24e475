package io.flowmaestro.connections.mcp.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.flowmaestro.connections.mcp.provider.McpProvider;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@JsonIgnoreProperties(ignoreUnknown = true)
record ProvidersAnswer(List<Provider> data) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Provider(String key, String name, String category, Methods methods) {

        Stream<McpProvider> mcp() {
            var mcp = methods.mcp();
            return mcp == null
                    ? Stream.empty()
                    : Stream.of(new McpProvider(
                            key, name, mcp.serverUrl(), Objects.requireNonNullElse(mcp.authType(), "none"), category));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Methods(@Nullable Mcp mcp) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Mcp(String serverUrl, @Nullable String authType) {}

    List<McpProvider> mcpProviders() {
        return data.stream().flatMap(Provider::mcp).toList();
    }
}
