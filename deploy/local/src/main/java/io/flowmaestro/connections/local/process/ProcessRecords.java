package io.flowmaestro.connections.local.process;

import io.flowmaestro.connections.local.home.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The process records of one data folder, in {@code run/}. */
public final class ProcessRecords {
    private final Path directory;

    public ProcessRecords(Path directory) {
        this.directory = directory;
    }

    public void write(ProcessRecord process) throws IOException {
        PrivateFiles.write(file(process.name()), process.json());
    }

    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Optional<ProcessRecord> find(String name) {
        try {
            return ProcessRecord.read(file(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** All of them, the latest start first: the order in which to stop what depends on what came before it. */
    public List<ProcessRecord> all() {
        List<ProcessRecord> records = new ArrayList<>();
        try (Stream<Path> files = Files.exists(directory) ? Files.list(directory) : Stream.empty()) {
            for (Path file : files.filter(ProcessRecords::isRecord).toList()) {
                ProcessRecord.read(file).ifPresent(records::add);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        records.sort(Comparator.comparing(ProcessRecord::started).reversed());
        return records;
    }

    private static boolean isRecord(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".json") && !name.startsWith(".");
    }

    private Path file(String name) {
        return directory.resolve(name + ".json");
    }
}
