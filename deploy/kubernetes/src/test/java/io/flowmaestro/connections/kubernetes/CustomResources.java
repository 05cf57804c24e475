package io.flowmaestro.connections.kubernetes;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.stream.Stream;

/** Kinds of others, for which Kubernetes has no model: what we use of them is in a JSON Schema of ours. */
final class CustomResources {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private CustomResources() {}

    static Stream<String> complaints(String type, String json) {
        String file = "/custom-resources/" + type.substring(type.lastIndexOf('/') + 1) + ".json";
        try (var schema = CustomResources.class.getResourceAsStream(file)) {
            if (schema == null) {
                return Stream.of("there is neither a model nor a schema of " + type);
            }
            return SCHEMAS.getSchema(schema).validate(json, InputFormat.JSON).stream()
                    .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                    .toList()
                    .stream();
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
