package io.flowmaestro.connections.migration.command;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The source's password, from everywhere but the command line. */
public final class SourcePassword {
    private static final String FILE = "CONNECTIONS_IMPORT_PASSWORD_FILE";
    private static final String VARIABLE = "PGPASSWORD";

    private SourcePassword() {}

    /** Empty when neither variable is set: the driver then looks into {@code ~/.pgpass}. */
    public static Optional<String> of(Map<String, String> environment) {
        String file = environment.getOrDefault(FILE, "");
        if (file.isEmpty()) {
            return Optional.ofNullable(environment.get(VARIABLE)).filter(password -> !password.isEmpty());
        }
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (IOException failure) {
            throw Refusal.usage(FILE + " names a file that cannot be read: " + file + " ("
                    + failure.getClass().getSimpleName() + ").");
        }
    }
}
