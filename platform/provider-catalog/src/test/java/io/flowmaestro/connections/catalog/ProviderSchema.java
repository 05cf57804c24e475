package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The JSON Schema of provider files, and what it says about one. */
final class ProviderSchema {

    private static final Path FILE = Path.of("src/main/resources/providers/schema.json");

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(read(FILE), InputFormat.JSON);

    JsonNode tree() {
        try {
            return new JsonMapper().readTree(read(FILE));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** One line per problem: the file, the path in it, and what is expected there. */
    List<String> problems(String file, String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream()
                .map(error -> "%s: %s: %s%s"
                        .formatted(file, error.getInstanceLocation(), error.getMessage(), expected(error)))
                .toList();
    }

    private static String expected(Error error) {
        JsonNode parent = error.getSchemaNode();
        return error.getKeyword().equals("additionalProperties") && parent != null
                ? "; see " + error.getSchemaLocation()
                : "";
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
