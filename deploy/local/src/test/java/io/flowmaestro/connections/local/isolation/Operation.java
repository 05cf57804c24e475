package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of a service's API.
 *
 * @param path with its parameters in braces
 * @param roles that may call it; empty where nobody has to say who calls
 * @param query parameters that are sent, with their schemas
 * @param body the schema of the body, where there is one
 * @param variant parameters and values that make it another operation, such as {@code purge=true}; empty for the plain one
 */
record Operation(
        Service service,
        String id,
        String method,
        String path,
        Set<String> roles,
        Map<String, JsonObject> query,
        Optional<JsonObject> body,
        String variant) {

    boolean isOpenToAnybody() {
        return roles.isEmpty();
    }

    boolean isInternal() {
        return path.startsWith("/internal/");
    }

    /** Whether it is made for what was deleted: the plain rule, that a deleted resource is a missing one, is not its. */
    boolean isAboutDeleted() {
        return path.endsWith("/restore") || variant.contains("purge=true");
    }

    /** Path parameters in their order. */
    List<String> pathParameters() {
        return ApiDocument.PARAMETER
                .matcher(path)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public String toString() {
        return service.serviceName() + " " + id + " (" + method + " " + path + (variant.isEmpty() ? "" : "?" + variant)
                + ")";
    }
}
