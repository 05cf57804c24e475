package io.flowmaestro.connections.local;

import java.nio.file.Path;

/** Where this build is. */
public final class Repository {
    public static final Path FOLDER = Path.of(System.getProperty("connections.repository", "../.."))
            .toAbsolutePath()
            .normalize();

    private Repository() {}
}
