package io.flowmaestro.connections.mcp.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredParametersTest {

    private static JsonNode json(String json) {
        return McpJson.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers(String schema, String arguments) {
        return MirroredParameters.of(json(schema)).orElseThrow().headers(json(arguments));
    }

    @Nested
    class Headers {
        private static final String SCHEMA = "{'type':'object','properties':{"
                + "'region':{'type':'string','x-mcp-header':'Region'},"
                + "'plain':{'type':'string'},"
                + "'at':{'type':'object','properties':{'count':{'type':'integer','x-mcp-header':'Count'},"
                + "'dry':{'type':'boolean','x-mcp-header':'Dry'}}}}}";

        @Test
        void comeFromWhereTheParameterStands() {
            assertThat(headers(SCHEMA, "{'region':'eu','plain':'x','at':{'count':-7,'dry':true},'count':1}"))
                    .isEqualTo(Map.of("Mcp-Param-Region", "eu", "Mcp-Param-Count", "-7", "Mcp-Param-Dry", "true"));
        }

        @Test
        void areLeftOutWithoutAValue() {
            assertThat(headers(SCHEMA, "{'region':null,'at':7}")).isEmpty();
            assertThat(headers(SCHEMA, "{'region':{},'at':{'count':[1],'dry':{}}}"))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"42.0, 42", "1e3, 1000", "0, 0", "9007199254740991, 9007199254740991"})
        void writeNumbersInDigits(String number, String header) {
            assertThat(headers(SCHEMA, "{'at':{'count':" + number + "}}")).isEqualTo(Map.of("Mcp-Param-Count", header));
        }

        @ParameterizedTest
        @ValueSource(strings = {"9007199254740992", "-9007199254740993", "1e400"})
        void leaveOutNumbersThatOthersWouldRound(String number) {
            assertThat(headers(SCHEMA, "{'at':{'count':" + number + "}}")).isEmpty();
        }
    }

    @Nested
    class Values {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "us-west1|us-west1",
                    "two words|two words",
                    "Hello, 世界|=?base64?SGVsbG8sIOS4lueVjA==?=",
                    " padded |=?base64?IHBhZGRlZCA=?=",
                    "=?base64?literal?=|=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=",
                    "=?base64?open|=?base64?open"
                })
        void areEncodedWhenAHeaderCannotCarryThem(String value, String header) {
            assertThat(HeaderValue.of(value)).isEqualTo(header);
        }

        @Test
        void withALineBreakNeverBecomeTwoHeaders() {
            assertThat(HeaderValue.of("line1\nline2")).isEqualTo("=?base64?bGluZTEKbGluZTI=?=");
            assertThat(HeaderValue.of("a\r\nX-Evil: 1")).startsWith("=?base64?").doesNotContain("\n", "\r");
        }

        @Test
        void longerThanAHeaderAreRefused() {
            assertThatThrownBy(() -> HeaderValue.of("x".repeat(8193))).isInstanceOf(McpFailure.class);
        }
    }

    @Nested
    class Annotations {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'x-mcp-header':'Root','properties':{}}",
                    "{'properties':{'a':{'type':'string','x-mcp-header':''}}}",
                    "{'properties':{'a':{'type':'string','x-mcp-header':7}}}",
                    "{'properties':{'a':{'type':'string','x-mcp-header':'Bad Name'}}}",
                    "{'properties':{'a':{'type':'string','x-mcp-header':'a:b'}}}",
                    "{'properties':{'a':{'type':'string','x-mcp-header':'Ä'}}}",
                    "{'properties':{'a':{'type':'number','x-mcp-header':'N'}}}",
                    "{'properties':{'a':{'type':'object','x-mcp-header':'N'}}}",
                    "{'properties':{'a':{'x-mcp-header':'N'}}}",
                    "{'properties':{'a':{'type':['string','null'],'x-mcp-header':'N'}}}",
                    "{'properties':{'a':{'type':'string','x-mcp-header':'N'},'b':{'type':'string','x-mcp-header':'n'}}}",
                    "{'properties':{'a':{'type':'array','items':{'type':'string','x-mcp-header':'N'}}}}",
                    "{'oneOf':[{'properties':{'a':{'type':'string','x-mcp-header':'N'}}}]}",
                    "{'$defs':{'d':{'type':'string','x-mcp-header':'N'}},'properties':{'a':{'$ref':'#/$defs/d'}}}"
                })
        void thatBreakTheRulesMakeTheToolInvalid(String schema) {
            assertThat(MirroredParameters.of(json(schema))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'type':'object','properties':{'a':true}}",
                    "{'properties':{'a':{'type':'string','default':{'x-mcp-header':'data'}}}}",
                    "{'properties':{'x-mcp-header':{'type':'string'}}}"
                })
        void thatAreNoneLeaveAToolAsItIs(String schema) {
            assertThat(MirroredParameters.of(json(schema)).orElseThrow().mirrors())
                    .isEmpty();
        }
    }
}
