package io.flowmaestro.connections.toolhash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What a tool's definition says, in 64 hexadecimal digits. */
public final class ToolHash {

    /** The members of a definition that count, as MCP names them. */
    public static final List<String> MEMBERS =
            List.of("name", "title", "description", "inputSchema", "outputSchema", "annotations");

    private ToolHash() {}

    public static String of(JsonNode definition) {
        try {
            var canonical = CanonicalJson.write(whatCounts(definition));
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The definition with the members that count alone. */
    public static ObjectNode whatCounts(JsonNode definition) {
        var counts = JsonNodeFactory.instance.objectNode();
        for (var member : MEMBERS) {
            if (definition.has(member)) {
                counts.set(member, definition.get(member));
            }
        }
        return counts;
    }
}
