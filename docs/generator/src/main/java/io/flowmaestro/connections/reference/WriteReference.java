package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the documents anew. {@code ./connections docs} calls it. */
public final class WriteReference {

    private WriteReference() {}

    public static void main(String[] arguments) throws IOException {
        Path repository = Path.of(arguments[0]).toAbsolutePath().normalize();
        for (Map.Entry<String, String> document : Reference.of(repository).entrySet()) {
            Path file = repository.resolve(document.getKey());
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, document.getValue());
            System.out.println(document.getKey());
        }
    }
}
