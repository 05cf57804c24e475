package io.flowmaestro.connections.mcp.tool;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tool that the path of a plain call names: JSON of a declared length, answered with JSON, and nothing written in another way than usual. */
record NamedTool(UUID connection, String tool) {

    private static final String PREFIX = "/api/mcp/";
    private static final String MIDDLE = "/tools/";
    private static final int ID = 36;
    private static final int NAME = PREFIX.length() + ID + MIDDLE.length();
    private static final String JSON = "application/json";

    /** Null for any other request, whether or not it is a call. */
    static @Nullable NamedTool of(HttpServerRequest request) {
        var path = request.path();
        return request.method().equals(HttpMethod.POST)
                        && path != null
                        && path.startsWith(PREFIX)
                        && path.startsWith(MIDDLE, PREFIX.length() + ID)
                        && isPlain(path)
                        && isJson(request)
                ? of(path)
                : null;
    }

    private static @Nullable NamedTool of(String path) {
        try {
            return new NamedTool(
                    UUID.fromString(path.substring(PREFIX.length(), PREFIX.length() + ID)), path.substring(NAME));
        } catch (IllegalArgumentException noId) {
            return null;
        }
    }

    /** Nothing in a name that may have to be decoded, or that makes a path another one. */
    private static boolean isPlain(String path) {
        for (int i = NAME; i < path.length(); i++) {
            char character = path.charAt(i);
            if (!isWord(character) && (character != '.' || i == NAME)) {
                return false;
            }
        }
        return path.length() > NAME;
    }

    private static boolean isWord(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character == '-';
    }

    private static boolean isJson(HttpServerRequest request) {
        var headers = request.headers();
        var accepted = headers.get(HttpHeaders.ACCEPT);
        return isJson(headers.get(HttpHeaders.CONTENT_TYPE))
                && headers.contains(HttpHeaders.CONTENT_LENGTH)
                && !headers.contains(HttpHeaders.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaders.EXPECT)
                && (accepted == null || accepted.equals("*/*") || accepted.equals(JSON));
    }

    /** Whatever charset it names: JSON tells its own. */
    private static boolean isJson(@Nullable String type) {
        return type != null
                && type.startsWith(JSON)
                && (type.length() == JSON.length() || type.charAt(JSON.length()) == ';');
    }
}
