package io.flowmaestro.connections.registry.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the OpenAPI document.
 *
 * @param path with its parameters in braces
 * @param parameters of path, query and header, without references
 * @param body the schema of its body
 * @param statuses that are documented
 */
record Operation(
        String method,
        String path,
        Set<String> roles,
        List<JsonNode> parameters,
        @Nullable JsonNode body,
        Set<Integer> statuses) {

    /** What a caller with another role, or with a wrong request, may get from any operation. */
    private static final Set<Integer> OF_ALL = Set.of(400, 401, 403, 404, 405, 406, 413, 414, 415, 431);

    boolean documents(int status) {
        return statuses.contains(status) || OF_ALL.contains(status);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
