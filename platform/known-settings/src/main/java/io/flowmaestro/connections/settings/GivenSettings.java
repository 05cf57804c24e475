package io.flowmaestro.connections.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an operator has set, where Quarkus looks for it. What the service brings along itself is held to the sources by tests. */
final class GivenSettings {

    private static final Pattern PROFILE = Pattern.compile("^%[^.]+\\.");
    private static final String FOLDER = "config";

    private GivenSettings() {}

    /** @param folder that the service is started in */
    static List<Given> of(Map<String, String> environment, Properties system, Path folder) throws IOException {
        List<Given> settings = new ArrayList<>();
        environment.forEach((name, value) -> settings.add(new Given(name, "environment", value)));
        add(settings, system, "system property");
        add(settings, folder.resolve(".env"));
        if (Files.isDirectory(folder.resolve(FOLDER))) {
            try (Stream<Path> files = Files.list(folder.resolve(FOLDER))) {
                for (Path file : files.filter(GivenSettings::isRead).sorted().toList()) {
                    add(settings, file);
                }
            }
        }
        return settings;
    }

    private static boolean isRead(Path file) {
        return file.getFileName().toString().matches("application(-.+)?\\.properties");
    }

    private static void add(List<Given> settings, Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            var properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            add(settings, properties, file.toString());
        }
    }

    private static void add(List<Given> settings, Properties properties, String origin) {
        properties
                .stringPropertyNames()
                .forEach(name -> settings.add(
                        new Given(PROFILE.matcher(name).replaceFirst(""), origin, properties.getProperty(name))));
    }
}
