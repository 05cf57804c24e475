package io.flowmaestro.connections.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What GraalVM is given to make a service's native program of: arguments, the service's jar, and its libraries. */
record NativeSources(Path folder, String service) {

    private static final String CONFIGURATION = "META-INF/native-image/";
    private static final Pattern AT_RUN_TIME = Pattern.compile("--initialize-at-run-time=(\\S+)");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Map<String, JavaClasses> READ = new ConcurrentHashMap<>();

    static NativeSources of(String service) {
        return new NativeSources(Repository.ROOT.resolve(service).resolve("target/native-sources"), service);
    }

    List<String> arguments() throws IOException {
        return List.of(
                Files.readString(folder.resolve("native-image.args")).strip().split(" "));
    }

    Path runner() {
        return folder.resolve(service + "-0.1.0-SNAPSHOT-runner.jar");
    }

    /** Names of classes whose constructors and methods are there to be called by name. */
    Set<String> reflected() throws IOException {
        Set<String> names = new HashSet<>();
        for (JsonNode entry : configured("reflect-config.json")) {
            if (entry.path("allDeclaredConstructors").asBoolean()
                    && entry.path("allDeclaredMethods").asBoolean()) {
                names.add(entry.path("name").asText());
            }
        }
        return names;
    }

    /** Methods that are there to be looked up: {@code class#name}, and {@code class#*} where all of a class are. */
    Set<String> methods() throws IOException {
        Set<String> names = new HashSet<>();
        for (JsonNode entry : configured("reflect-config.json")) {
            String name = entry.path("name").asText();
            entry.path("methods")
                    .forEach(
                            method -> names.add(name + "#" + method.path("name").asText()));
            if (entry.path("allDeclaredMethods").asBoolean()) {
                names.add(name + "#*");
            }
        }
        return names;
    }

    private JsonNode configured(String file) throws IOException {
        try (var jar = new JarFile(runner().toFile());
                InputStream content = jar.getInputStream(jar.getEntry(CONFIGURATION + file))) {
            return new ObjectMapper().readTree(content);
        }
    }

    /** The suite's own classes in it, those of its libraries too; read once, which takes a second. */
    JavaClasses classes() throws IOException {
        JavaClasses known = READ.get(service);
        if (known == null) {
            known = read();
            READ.put(service, known);
        }
        return known;
    }

    private JavaClasses read() throws IOException {
        List<JarFile> jars = new ArrayList<>();
        try {
            for (Path jar : jars()) {
                jars.add(new JarFile(jar.toFile()));
            }
            return new ClassFileImporter()
                    .withImportOption(location ->
                            location.contains("io/flowmaestro/connections/") && !location.contains("_ClientProxy"))
                    .importJars(jars);
        } finally {
            for (JarFile jar : jars) {
                jar.close();
            }
        }
    }

    /** Names of classes that are not initialised before the program runs. */
    Set<String> initializedAtRunTime() throws IOException {
        Set<String> names = new HashSet<>();
        for (Path path : jars()) {
            try (var jar = new JarFile(path.toFile())) {
                for (JarEntry entry : entries(jar, name -> name.endsWith("/native-image.properties"))) {
                    var properties = new Properties();
                    try (var content = jar.getInputStream(entry)) {
                        properties.load(content);
                    }
                    AT_RUN_TIME
                            .matcher(properties.getProperty("Args", ""))
                            .results()
                            .flatMap(found -> COMMA.splitAsStream(found.group(1)))
                            .forEach(names::add);
                }
            }
        }
        return names;
    }

    private static List<JarEntry> entries(JarFile jar, Predicate<String> name) {
        List<JarEntry> found = new ArrayList<>();
        for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
            var entry = all.nextElement();
            if (entry.getName().startsWith(CONFIGURATION) && name.test(entry.getName())) {
                found.add(entry);
            }
        }
        return found;
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> libraries = Files.list(folder.resolve("lib"))) {
            return Stream.concat(
                            Stream.of(runner()),
                            libraries.filter(
                                    jar -> jar.getFileName().toString().contains("io.flowmaestro.connections.")))
                    .toList();
        }
    }
}
