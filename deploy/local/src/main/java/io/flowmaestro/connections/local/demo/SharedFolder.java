package io.flowmaestro.connections.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A folder with one real file, for the filesystem server. */
record SharedFolder(Path folder, Path file, String content) implements AutoCloseable {

    static SharedFolder create() {
        try {
            Path folder = Files.createTempDirectory("connections-demo-").toRealPath();
            String content = "Written to disk at " + Instant.now() + " by the demonstration.\n";
            return new SharedFolder(folder, Files.writeString(folder.resolve("note.txt"), content), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
