package io.flowmaestro.connections.mcp.endpoint.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlsTest {

    private static final String METADATA = "https://connections.example.com/.well-known/oauth-protected-resource";

    /** With a slash at its end, as an operator may write it. */
    private final PublicUrls urls = new PublicUrls((EndpointSettings) Proxy.newProxyInstance(
            EndpointSettings.class.getClassLoader(),
            new Class<?>[] {EndpointSettings.class},
            (_, _, _) -> "https://connections.example.com/"));

    @Test
    void metadataOfAConnectionIsUnderItsPath() {
        var path = "/mcp/0190a1ce-0000-7000-8000-00000000c0c0";

        assertThat(urls.metadata(path)).isEqualTo(METADATA + path);
        assertThat(urls.resource(path)).isEqualTo("https://connections.example.com" + path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mcp",
                "/mcp/",
                "/mcp/x\"y",
                "/mcp/a\r\nSet-Cookie: b=c",
                "/mcp/0190a1ce-0000-7000-8000-00000000c0c0\""
            })
    void metadataOfAnythingElseRepeatsNothingOfIt(String path) {
        assertThat(urls.metadata(path)).isEqualTo(METADATA + "/mcp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcpx", "/api/mcp", "/", ""})
    void otherPathsAreNotTheEndpoint(String path) {
        assertThat(PublicUrls.isEndpoint(path)).isFalse();
    }
}
