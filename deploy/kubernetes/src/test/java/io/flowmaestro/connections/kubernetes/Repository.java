package io.flowmaestro.connections.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that is tested. */
final class Repository {
    static final Path ROOT = Path.of(System.getProperty("connections.repository", "../.."))
            .toAbsolutePath()
            .normalize();
    static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");

    private Repository() {}

    static String text(String path) {
        return text(ROOT.resolve(path));
    }

    static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
