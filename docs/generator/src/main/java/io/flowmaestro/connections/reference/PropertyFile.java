package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a module sets in its properties file, with the comment above it. */
final class PropertyFile {

    private PropertyFile() {}

    /** @param comment of the lines right above, empty if there is none */
    record Property(String name, String value, String comment) {

        /** Of a profile that only a build or one machine uses. */
        boolean ofProfile() {
            return name.startsWith("%");
        }
    }

    /** Empty if there is no such file. */
    static List<Property> read(Path file) throws IOException {
        List<Property> properties = new ArrayList<>();
        StringBuilder comment = new StringBuilder();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            int equals = line.indexOf('=');
            if (line.startsWith("#")) {
                comment.append(comment.isEmpty() ? "" : " ")
                        .append(line.substring(1).strip());
            } else if (equals < 0) {
                comment.setLength(0);
            } else {
                properties.add(new Property(
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip(),
                        comment.toString()));
                comment.setLength(0);
            }
        }
        return properties;
    }
}
