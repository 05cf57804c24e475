package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an entry says of where and how credentials are sent: of each method all but what is only read here, by people or
 * of answers. Two entries with the same of this send the same to the same places.
 */
public final class Sending {

    private static final JsonMapper JSON = new JsonMapper();

    /** Members of a method that name scopes, or that nobody but people reads. */
    private static final Set<String> HARMLESS = Set.of(
            "default_scopes",
            "scope_separator",
            "no_scope",
            "optional_headers",
            "quirks",
            "note",
            "unverified",
            "conflict",
            "src");

    private static final Set<String> FOR_PEOPLE = Set.of("label", "hint", "note");

    /** How an answer is read. */
    private static final Set<String> OF_A_TEST = Set.of("expect", "bad", "also_ok", "ok_path");

    private static final Set<String> OF_AN_ACCOUNT = Set.of("id", "name", "ok_path", "needs_scope");

    private Sending() {}

    /** By the name of the method; an MCP server is not among them, for each connection has an address of its own. */
    public static Map<String, JsonNode> of(Provider provider) {
        var methods = new LinkedHashMap<String, JsonNode>();
        ObjectNode all = JSON.valueToTree(provider.methods());
        all.remove("mcp");
        all.properties().forEach(method -> methods.put(method.getKey(), of((ObjectNode) method.getValue())));
        return methods;
    }

    private static ObjectNode of(ObjectNode method) {
        method.remove(HARMLESS);
        method.path("config").forEach(Sending::withoutWords);
        method.path("fields").forEach(Sending::withoutWords);
        if (method.get("verify") instanceof ObjectNode verify) {
            verify.remove(OF_A_TEST);
            if (isPlain(verify)) {
                method.remove("verify");
            }
        }
        if (method.get("account") instanceof ObjectNode account) {
            // Defaults are written, too.
            Stream.of("headers", "json", "learn")
                    .filter(member -> account.path(member).isEmpty())
                    .forEach(account::remove);
            account.remove(OF_AN_ACCOUNT);
            if (account.isEmpty()) {
                method.remove("account");
            }
        }
        return method;
    }

    private static void withoutWords(JsonNode variable) {
        if (variable instanceof ObjectNode object) {
            object.remove(FOR_PEOPLE);
        }
    }

    /** It reads something of the same host, and what it sends is in the headers that every request has. */
    private static boolean isPlain(ObjectNode verify) {
        var path = verify.path("path").asText();
        return List.of("GET", "HEAD").contains(verify.path("method").asText())
                && path.startsWith("/")
                && !path.contains("{")
                && verify.path("json").isEmpty();
    }
}
