package io.flowmaestro.connections.settings;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a service sets by itself: its properties file, and those of its libraries. */
final class BroughtAlong {

    /** In the order of their rank: the first that names a key decides. */
    private static final List<String> FILES =
            List.of("application.properties", "META-INF/microprofile-config.properties");

    private BroughtAlong() {}

    /**
     * Values by key, unexpanded.
     *
     * @param profiles whose keys come before the same ones of none; the last of several before those before it
     */
    static Map<String, String> on(ClassLoader classPath, List<String> profiles) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String file : FILES) {
            of(read(classPath, file), profiles).forEach(values::putIfAbsent);
        }
        return values;
    }

    private static Map<String, String> of(Map<String, String> properties, List<String> profiles) {
        Map<String, String> values = new HashMap<>();
        properties.forEach((key, value) -> {
            if (!key.startsWith("%")) {
                values.put(key, value);
            }
        });
        for (String profile : profiles) {
            String prefix = "%" + profile + ".";
            properties.forEach((key, value) -> {
                if (key.startsWith(prefix)) {
                    values.put(key.substring(prefix.length()), value);
                }
            });
        }
        return values;
    }

    private static Map<String, String> read(ClassLoader classPath, String file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (URL url : Collections.list(classPath.getResources(file))) {
            var properties = new Properties();
            try (Reader reader = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(key -> values.putIfAbsent(key, properties.getProperty(key)));
        }
        return values;
    }
}
