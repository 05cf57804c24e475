package io.flowmaestro.connections.registry.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Header names (RFC 9110 tokens) and values that can be sent as they are. */
final class HeaderFields {

    private static final int MAX_HEADERS = 50;
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final TextRule VALUE = new TextRule(
            8192, false, text -> text.chars().allMatch(c -> c >= ' ' && c < 256), "must be a one-line header value");

    /** They belong to the connection that carries the request, and would let a user reshape it. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    static final TextRule NAME_RULE =
            new TextRule(128, false, HeaderFields::isName, "must be a header name that may be set");

    private HeaderFields() {}

    static void read(Fields fields, String name, boolean required) {
        JsonNode headers = fields.node(name);
        if (headers == null) {
            if (required) {
                fields.refuse(name, "is required");
            }
            return;
        }
        if (!headers.isObject() || headers.size() > MAX_HEADERS || (required && headers.isEmpty())) {
            fields.refuse(name, "must be an object of %d to %d headers".formatted(required ? 1 : 0, MAX_HEADERS));
            return;
        }
        Set<String> seen = new HashSet<>();
        headers.properties().forEach(header -> check(fields, name, header, seen));
    }

    private static void check(Fields fields, String name, Map.Entry<String, JsonNode> header, Set<String> seen) {
        String message = refuse(header.getKey(), header.getValue(), seen);
        if (message != null) {
            // The header's name is left out of the path where it is what is wrong.
            fields.refuse(isName(header.getKey()) ? name + "." + header.getKey() : name, message);
        }
    }

    private static @Nullable String refuse(String name, JsonNode value, Set<String> seen) {
        if (!isName(name)) {
            return "must hold header names only, and none that the transport sets itself";
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            return "is there twice";
        }
        if (!value.isTextual()) {
            return "must be a string";
        }
        return VALUE.refuse(value.textValue()).orElse(null);
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }
}
