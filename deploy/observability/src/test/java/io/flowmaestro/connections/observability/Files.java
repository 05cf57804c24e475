package io.flowmaestro.connections.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Files of the checkout that is tested. */
final class Files {
    static final Path ROOT = Path.of(System.getProperty("connections.repository", "../.."))
            .toAbsolutePath()
            .normalize();
    static final Path FOLDER = ROOT.resolve("deploy/observability");

    private Files() {}

    static String text(Path path) {
        try {
            return java.nio.file.Files.readString(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static <T> T yaml(Path path) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(options).load(text(path));
    }

    /** Everything below a folder with such an end of its name. */
    static List<Path> below(Path folder, String suffix) {
        try (Stream<Path> all = java.nio.file.Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
