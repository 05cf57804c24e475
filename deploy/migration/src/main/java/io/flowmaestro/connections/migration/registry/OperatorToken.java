package io.flowmaestro.connections.migration.registry;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The operator's bearer token. One in a file may be renewed there while a long run goes on. */
public final class OperatorToken {
    private static final String FILE = "CONNECTIONS_TOKEN_FILE";
    private static final String VARIABLE = "CONNECTIONS_TOKEN";

    private final String file;
    private String value;

    private OperatorToken(String file, String value) {
        this.file = file;
        this.value = value;
    }

    public static OperatorToken of(Map<String, String> environment) {
        String file = environment.getOrDefault(FILE, "");
        String value = file.isEmpty() ? environment.getOrDefault(VARIABLE, "").strip() : read(file);
        if (value.isEmpty()) {
            throw Refusal.usage(
                    "The registry asks for an operator's token (role admin): put it into a file and name that in "
                            + FILE + ", or set " + VARIABLE + ".");
        }
        return new OperatorToken(file, value);
    }

    String reveal() {
        return value;
    }

    /** Reads the file again; answers whether there is another token in it now. */
    boolean renewed() {
        if (file.isEmpty()) {
            return false;
        }
        String former = value;
        value = read(file);
        return !value.equals(former);
    }

    @Override
    public String toString() {
        return "OperatorToken[…]";
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException failure) {
            throw Refusal.usage(FILE + " names a file that cannot be read: " + file + " ("
                    + failure.getClass().getSimpleName() + ").");
        }
    }
}
