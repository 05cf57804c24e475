package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** What no source says, in files beside this class, in UTF-8. */
final class WrittenByHand {

    private WrittenByHand() {}

    /** The lines of a properties file, by name. */
    static Map<String, String> of(String file) throws IOException {
        var properties = new Properties();
        try (InputStream stream = Objects.requireNonNull(WrittenByHand.class.getResourceAsStream("/" + file), file)) {
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        Map<String, String> lines = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> lines.put(name, properties.getProperty(name)));
        return lines;
    }
}
