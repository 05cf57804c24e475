package io.flowmaestro.connections.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The operator's own provider files. A file that cannot be used is reported and skipped, and never hides the others. */
final class ProviderDirectory {

    private final Path directory;
    private final ProviderFileParser parser = new ProviderFileParser();

    ProviderDirectory(Path directory) {
        this.directory = directory;
    }

    /** What the directory holds, cheap to compare: it differs when a file came, went or was written. */
    record Stamp(Map<String, String> files) {}

    /** Providers by key, and one message per unusable file. */
    record Content(Map<String, Provider> providers, List<String> problems) {}

    Stamp stamp() {
        Map<String, String> files = new LinkedHashMap<>();
        for (Path file : list(new ArrayList<>())) {
            files.put(file.getFileName().toString(), stampOf(file));
        }
        return new Stamp(files);
    }

    Content read() {
        List<String> problems = new ArrayList<>();
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (Path file : list(problems)) {
            try {
                add(parse(file), file, providers, problems);
            } catch (ProviderFileException broken) {
                problems.add(broken.getMessage());
            }
        }
        return new Content(providers, problems);
    }

    private static void add(Provider provider, Path file, Map<String, Provider> providers, List<String> problems) {
        if (providers.putIfAbsent(provider.key(), provider) != null) {
            problems.add("provider file %s: another file of the directory has the key '%s' already"
                    .formatted(file.getFileName(), provider.key()));
        }
    }

    private Provider parse(Path file) throws ProviderFileException {
        try {
            if (Files.size(file) > ProviderFileParser.MAX_CHARACTERS) {
                throw new ProviderFileException(
                        file.toString(), List.of("is larger than " + ProviderFileParser.MAX_CHARACTERS + " bytes"));
            }
            return parser.parse(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new ProviderFileException(
                    file.toString(), List.of("cannot be read as UTF-8 text (" + unreadable.getMessage() + ")"));
        }
    }

    private List<Path> list(List<String> problems) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(ProviderDirectory::isProviderFile).sorted().toList();
        } catch (IOException unreadable) {
            problems.add("provider directory %s cannot be listed (%s)".formatted(directory, unreadable.getMessage()));
            return List.of();
        }
    }

    private static boolean isProviderFile(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    private static String stampOf(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return "%s %d %s".formatted(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException gone) {
            return "unreadable";
        }
    }
}
