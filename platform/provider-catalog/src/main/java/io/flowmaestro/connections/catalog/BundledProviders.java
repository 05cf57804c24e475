package io.flowmaestro.connections.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The files that ship with the suite. They are read through an index that the build
 * writes, since neither a jar nor a native image lists its resources alike.
 */
final class BundledProviders {

    static final String FOLDER = "providers/";

    private BundledProviders() {}

    static List<Provider> load() {
        ProviderFileParser parser = new ProviderFileParser();
        return names().stream().map(name -> parse(parser, name)).toList();
    }

    static List<String> names() {
        return text("index")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .sorted()
                .toList();
    }

    private static Provider parse(ProviderFileParser parser, String name) {
        try {
            return parser.parse(name, text(name));
        } catch (ProviderFileException broken) {
            // A build whose own files are broken must not start; the tests keep it from shipping.
            throw new IllegalStateException(broken.getMessage(), broken);
        }
    }

    private static String text(String name) {
        try (InputStream file = BundledProviders.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("bundled provider file " + name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
