package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example/mcp?api_key=s3cret, https://mcp.example/mcp?api_key=***",
        "https://mcp.example/mcp?read_only=true&Access-Token=abc&x=1, https://mcp.example/mcp?read_only=true&Access-Token=***&x=1",
        "wss://mcp.example?a=0123456789abcdefghij, wss://mcp.example?a=***",
        "https://mcp.example?k%65y=a0123456789abcdefghij, https://mcp.example?k%65y=***",
        "https://mcp.example/s/NmQ5YjA3ZTItMDFhYy00/mcp, https://mcp.example/s/***/mcp",
        "https://mcp.example/3f2504e0-4f89-11d3-9a0c-0305e82c3301/sse, https://mcp.example/***/sse",
        "https://mcp.example/mcp?a0123456789abcdefghij&x=1, https://mcp.example/mcp?***&x=1",
        "https://mcp.example/mcp?sig=a=b=c, https://mcp.example/mcp?sig=***",
        "https://api.telegram.example/bot123456:AAHdqTcvCH1vGWJxfSeofSA, https://api.telegram.example/***",
        "https://user:pass@mcp.example:8443/mcp, https://***@mcp.example:8443/mcp",
        "https://mcp.example/mcp?%6b%65y=abc, https://mcp.example/mcp?%6b%65y=***",
        "https://mcp.example/mcp;key=abc;v=1/sse, https://mcp.example/mcp;key=***;v=1/sse",
        "https://mcp.example/a0123456789abcdefghij;v=1, https://mcp.example/***;v=1",
        "https://mcp.example/mcp?key=abc;def&v=1, https://mcp.example/mcp?key=***&v=1",
        "https://mcp.example/mcp?v=1;token=abc&x=1, https://mcp.example/mcp?v=***&x=1"
    })
    void hidesWhatMayBeASecret(String url, String shown) {
        assertThat(ShownUrl.of(url)).isEqualTo(shown);
        assertThat(URI.create(shown).getHost()).isEqualTo(URI.create(url).getHost());
        assertThat(ShownUrl.isPartial(shown)).isTrue();
        assertThat(ShownUrl.of(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3100",
                "https://mcp.example/v1/mcp",
                "https://mcp.example/mcp?project_ref=abcdefghijklmnopqrst&read_only=true",
                "https://mcp.example/a/very-long-name-without-digits/mcp?q=&flag",
                "https://a-host-with-a-long-name-1234567890.example:8443/mcp?key=",
                "https://mcp.example/a***b?x=a***",
                "https://mcp.example/mcp;v=1;/sse?%zz=1&%5C=2"
            })
    void leavesTheRest(String url) {
        assertThat(ShownUrl.of(url)).isEqualTo(url);
        assertThat(ShownUrl.isPartial(url)).isFalse();
    }
}
