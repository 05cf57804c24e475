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

    /** Names, values and brackets in one message: as a tree, it may take thirty times the bytes that it was read from. */
    private static final long MOST_TOKENS = 1_000_000;

    /** The same in a message of a client's, of which a user has many under way. */
    public static final long MOST_TOKENS_OF_A_CLIENT = 100_000;

    private static final JsonMapper MAPPER = mapper(MOST_TOKENS);
    private static final JsonMapper OF_CLIENTS = mapper(MOST_TOKENS_OF_A_CLIENT);

    private McpJson() {}

    private static JsonMapper mapper(long mostTokens) {
        var mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxTokenCount(mostTokens)
                        .build());
        return mapper;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Whether it has more levels of objects and arrays than that. */
    public static boolean isDeeperThan(int levels, JsonNode node) {
        if (!node.isContainerNode()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        // A loop, as every call comes through here.
        for (var child : node) {
            if (isDeeperThan(levels - 1, child)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads one JSON value.
     *
     * @throws MalformedMessage when it is not JSON, too deep, or has too many values
     */
    public static JsonNode read(byte[] json) {
        return read(MAPPER, json);
    }

    /**
     * Reads one JSON value that a client sent.
     *
     * @throws MalformedMessage when it is not JSON, too deep, or has too many values for a client
     */
    public static JsonNode readOfClient(byte[] json) {
        return read(OF_CLIENTS, json);
    }

    private static JsonNode read(JsonMapper mapper, byte[] json) {
        try {
            return mapper.readTree(json);
        } catch (IOException | NumberFormatException e) {
            throw new MalformedMessage(
                    "an answer is not valid JSON, is nested too deeply, has too many values, or an impossible number");
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

    /** By way of a text: whole surrogate pairs stay what they are, and half a one, which cannot be written, becomes a question mark. */
    public static byte[] write(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree can always be written", e);
        }
    }
}
