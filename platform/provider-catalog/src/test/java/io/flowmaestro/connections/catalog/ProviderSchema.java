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
import java.util.ArrayList;
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
                .map(error -> "%s: %s: %s%s".formatted(file, place(error), error.getMessage(), known(error)))
                .toList();
    }

    private static String place(Error error) {
        String path = error.getInstanceLocation().toString();
        return path.isEmpty() ? "/" : path;
    }

    /** For an unknown key the ones that are known there. */
    private String known(Error error) {
        String rule = error.getSchemaLocation().toString();
        if (!rule.endsWith("/additionalProperties")) {
            return "";
        }
        String block = rule.substring(rule.indexOf('#') + 1, rule.lastIndexOf('/'));
        List<String> names = new ArrayList<>();
        tree().at(block).path("properties").fieldNames().forEachRemaining(names::add);
        return "; known are: " + String.join(", ", names);
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
