package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where an entry lets credentials go, as far as a change of it may matter to whoever gave them: the scheme, host and port
 * of each of its URLs, and what may stand for the variables in these. The address of an MCP server is not among them: it is a
 * suggestion, and each connection has its own.
 */
public final class Destinations {

    private static final JsonMapper JSON = new JsonMapper();

    /** Members whose values stand for variables, whichever URL these are in. */
    private static final Set<String> VARIABLES = Set.of("config", "callback_patterns", "callback_equals");

    /** What is sent, whereto is said elsewhere; and what people read. */
    private static final Set<String> OTHER = Set.of(
            "header",
            "headers",
            "query",
            "alt_query",
            "basic",
            "json",
            "body",
            "api_auth",
            "api_auth_header",
            "authorize_params",
            "token_params",
            "refresh_params",
            "required",
            "label",
            "hint",
            "note",
            "src",
            "unverified",
            "conflict");

    private Destinations() {}

    /** Those of an entry: {@code https://api.example}, or {@code config.tenant: [a-z]+}. */
    public static SortedSet<String> of(Provider provider) {
        SortedSet<String> found = new TreeSet<>();
        ObjectNode methods = JSON.valueToTree(provider.methods());
        methods.remove("mcp");
        methods.forEach(method -> collect(method, found));
        return found;
    }

    private static void collect(JsonNode node, Set<String> found) {
        members(node).forEach(member -> {
            if (VARIABLES.contains(member.getKey())) {
                values(member.getKey(), member.getValue(), found);
            } else if (member.getValue().isTextual()) {
                url(member.getValue().textValue(), found);
            } else {
                collect(member.getValue(), found);
            }
        });
    }

    private static void values(String path, JsonNode node, Set<String> found) {
        if (node.isObject()) {
            members(node).forEach(member -> values(path + "." + member.getKey(), member.getValue(), found));
        } else if (node.isArray()) {
            node.forEach(value -> values(path, value, found));
        } else {
            found.add(path + ": " + node.asText());
        }
    }

    private static Stream<Map.Entry<String, JsonNode>> members(JsonNode node) {
        return node.properties().stream().filter(member -> !OTHER.contains(member.getKey()));
    }

    private static void url(String text, Set<String> found) {
        int host = text.indexOf("://");
        if (host >= 0 || text.startsWith("{")) {
            int path = text.indexOf('/', host < 0 ? 0 : host + 3);
            found.add(path < 0 ? text : text.substring(0, path));
        }
    }
}
