package io.flowmaestro.connections.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that is tested. */
final class Repository {
    static final Path ROOT = Path.of(System.getProperty("connections.repository", "../.."))
            .toAbsolutePath()
            .normalize();

    private Repository() {}

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
