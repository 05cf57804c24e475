package io.flowmaestro.connections.kubernetes;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources of a service: its own, and those of the platform libraries that it is made of. */
record ServiceSources(String service) {
    static final List<String> SERVICES =
            List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([a-z-]+)</artifactId>");

    Stream<Path> modules() {
        SequencedSet<Path> found = new LinkedHashSet<>(List.of(Repository.ROOT.resolve(service)));
        List<Path> open = new ArrayList<>(found);
        while (!open.isEmpty()) {
            libraries(open.removeFirst()).filter(found::add).forEach(open::add);
        }
        return found.stream();
    }

    /** The settings that the service starts with, its own before those of its libraries. */
    Properties settings() {
        var all = new Properties();
        modules()
                .toList()
                .reversed()
                .forEach(module -> Stream.of("META-INF/microprofile-config.properties", "application.properties")
                        .map(file -> module.resolve("src/main/resources").resolve(file))
                        .filter(Files::exists)
                        .forEach(file -> load(all, file)));
        return all;
    }

    Stream<String> java() {
        return modules().flatMap(module -> {
            try (var files = Files.walk(module.resolve("src/main/java"))) {
                return files.filter(file -> file.toString().endsWith(".java")).map(Repository::text).toList().stream();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private static Stream<Path> libraries(Path module) {
        return ARTIFACT.matcher(Repository.text(module.resolve("pom.xml")))
                .results()
                .map(match -> Repository.ROOT.resolve("platform").resolve(match.group(1)))
                .filter(library -> Files.exists(library.resolve("src/main/java")));
    }

    private static void load(Properties all, Path file) {
        try {
            all.load(new StringReader(Repository.text(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
