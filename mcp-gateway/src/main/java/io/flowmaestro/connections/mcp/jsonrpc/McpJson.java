package io.flowmaestro.connections.mcp.jsonrpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** JSON between us and MCP servers: as deep as real schemas are, never as deep as the stack, and no number is rounded. */
public final class McpJson {

    /** Levels of objects and arrays. */
    public static final int DEEPEST = 128;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    }

    private McpJson() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Whether it has more levels of objects and arrays than that. */
    public static boolean isDeeperThan(int levels, JsonNode node) {
        if (!node.isContainerNode()) {
            return false;
        }
        return levels == 0 || node.valueStream().anyMatch(child -> isDeeperThan(levels - 1, child));
    }

    /**
     * Reads one JSON value.
     *
     * @throws MalformedMessage when it is not JSON, or too deep
     */
    public static JsonNode read(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException | NumberFormatException e) {
            throw new MalformedMessage(
                    "an answer is not valid JSON, is nested too deeply, or has an impossible number");
        }
    }

    /**
     * Reads one JSON value into a record, ignoring fields it does not have.
     *
     * @throws MalformedMessage when it does not fit
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException | NumberFormatException e) {
            throw new MalformedMessage("the value does not have the expected shape");
        }
    }

    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }
}
