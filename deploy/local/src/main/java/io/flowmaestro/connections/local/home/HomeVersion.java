package io.flowmaestro.connections.local.home;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Which layout a data folder has. A folder of another version is refused, never guessed at. */
final class HomeVersion {
    static final String CURRENT = "1";

    private HomeVersion() {}

    static void check(Path root) {
        Path file = file(root);
        try {
            if (Files.exists(root) && !Files.isDirectory(root)) {
                throw new Refusal("CONNECTIONS_HOME is " + root + ", which is not a folder.");
            }
            if (Files.exists(file)) {
                requireCurrent(root, Files.readString(file).strip());
            } else if (Files.exists(root) && holdsSomethingElse(root)) {
                throw new Refusal("The folder " + root + " is not a data folder of this command: it is not empty and"
                        + " has no version file. Set CONNECTIONS_HOME to another folder.");
            }
        } catch (IOException failure) {
            throw new Refusal("The data folder " + root + " cannot be read (" + failure + ").");
        }
    }

    static void write(Path root) throws IOException {
        if (!Files.exists(file(root))) {
            PrivateFiles.write(file(root), CURRENT + "\n");
        }
    }

    private static void requireCurrent(Path root, String found) {
        if (!found.equals(CURRENT)) {
            throw new Refusal("The data folder " + root + " has version \"" + found
                    + "\"; this command reads version " + CURRENT
                    + ". Use the command that made it, or set CONNECTIONS_HOME to another folder.");
        }
    }

    /** Provider files may be dropped in before the first start. */
    private static boolean holdsSomethingElse(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.anyMatch(entry -> !entry.endsWith("providers"));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    private static Path file(Path root) {
        return root.resolve("version");
    }
}
