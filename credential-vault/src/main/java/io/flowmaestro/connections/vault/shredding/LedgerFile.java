package io.flowmaestro.connections.vault.shredding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the ledger that the operator kept, when the vault starts; without a readable one it does not start. */
@Singleton
@Startup
@RegisterForReflection(targets = LedgerEntry.class)
class LedgerFile {

    private final ObjectMapper json;
    private final List<LedgerEntry> entries;

    LedgerFile(ShredLedgerConfig config, ObjectMapper json) {
        this.json = json;
        this.entries = config.file().map(this::read).orElse(List.of());
    }

    List<LedgerEntry> entries() {
        return entries;
    }

    private List<LedgerEntry> read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            List<LedgerEntry> read = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    read.add(entry(file, i + 1, lines.get(i)));
                }
            }
            return List.copyOf(read);
        } catch (IOException unreadable) {
            throw new ConfigurationException(
                    "The file %s that SHRED_LEDGER_FILE names cannot be read (%s). Name the ledger"
                                    .formatted(file, unreadable.getClass().getSimpleName())
                            + " that was kept beside the backup, or leave SHRED_LEDGER_FILE out.");
        }
    }

    private LedgerEntry entry(Path file, int line, String text) {
        try {
            return json.readValue(text, LedgerEntry.class);
        } catch (JsonProcessingException malformed) {
            throw new ConfigurationException(
                    "Line %d of %s is not an entry of a shred ledger. Use the file as GET /internal/shred-ledger gave it."
                            .formatted(line, file));
        }
    }
}
