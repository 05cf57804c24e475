package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules of the services, and which service is built of which. */
final class Modules {

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>io\\.flowmaestro\\.connections</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);

    private final Path repository;
    private final Map<String, Set<String>> servicesOf = new LinkedHashMap<>();

    private Modules(Path repository) {
        this.repository = repository;
    }

    static Modules in(Path repository) throws IOException {
        Modules modules = new Modules(repository);
        for (String service : Reference.SERVICES) {
            modules.add(service, service);
        }
        return modules;
    }

    private void add(String module, String service) throws IOException {
        if (!servicesOf.computeIfAbsent(module, absent -> new LinkedHashSet<>()).add(service)) {
            return;
        }
        var dependencies = DEPENDENCY.matcher(
                Files.readString(repository.resolve(folder(module)).resolve("pom.xml")));
        while (dependencies.find()) {
            if (!dependencies.group(2).contains("<scope>test</scope>")
                    && Files.isDirectory(folderOf(dependencies.group(1)))) {
                add(dependencies.group(1), service);
            }
        }
    }

    /** Folders of the modules that run in a service, by name. */
    List<String> names() {
        return List.copyOf(servicesOf.keySet());
    }

    Set<String> servicesOf(String module) {
        return servicesOf.getOrDefault(module, Set.of());
    }

    Path folderOf(String module) {
        return repository.resolve(folder(module));
    }

    private static String folder(String module) {
        return Reference.SERVICES.contains(module) ? module : "platform/" + module;
    }

    /** Java files of a module that mention a word, in the order of their names. */
    List<Path> sources(String module, String word) throws IOException {
        Path folder = folderOf(module).resolve("src/main/java");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).contains(word))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
