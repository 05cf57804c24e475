package io.flowmaestro.connections.oauth.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sealed answers as files, one each, for the time that PostgreSQL is away. A file is there whole or not at all, and is on
 * the disk when {@link #write} returns. All methods block.
 */
@Startup(Interceptor.Priority.PLATFORM_BEFORE - 1)
@ApplicationScoped
class AnswerJournal {

    private static final Logger LOG = Logger.getLogger(AnswerJournal.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ENDING = ".answer";

    private final Path directory;

    /** Ends the start where the folder cannot be written: an answer would find that out too late. */
    AnswerJournal(JournalConfig config) {
        directory = config.directory();
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.delete(Files.createTempFile(directory, "probe", ".tmp"));
        } catch (IOException unusable) {
            throw new ConfigurationException(Refusal.of(List.of(
                    "CONNECTIONS_JOURNAL_DIR must be a folder of this replica's own, on a volume that outlives it;"
                            + " nothing can be written there: " + unusable + ".")));
        }
    }

    void write(SealedAnswer answer) throws IOException {
        byte[] content = JSON.writeValueAsBytes(JSON.createObjectNode()
                .put("attempt", answer.attempt().toString())
                .put("user", answer.user().toString())
                .put("answer", answer.bytes()));
        var file = file(answer.attempt());
        var unfinished = directory.resolve(answer.attempt() + ".tmp");
        try (var channel = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
    }

    /** Without this the name of a new file may be lost with the power. */
    private void forceDirectory() throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The attempts whose answers wait here. */
    List<UUID> waiting() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .flatMap(name -> id(name).stream())
                    .toList();
        }
    }

    /** Empty for a file that cannot be one of ours; it is put aside for people to look at. */
    Optional<SealedAnswer> read(UUID attempt) throws IOException {
        var file = file(attempt);
        JsonNode content;
        try {
            content = JSON.readTree(Files.readAllBytes(file));
            byte[] answer = content.path("answer").binaryValue();
            if (answer == null) {
                throw new IllegalArgumentException("without an answer");
            }
            return Optional.of(new SealedAnswer(
                    UUID.fromString(content.path("attempt").asText()),
                    UUID.fromString(content.path("user").asText()),
                    answer));
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException damaged) {
            var aside = directory.resolve(attempt + ".damaged");
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            LOG.errorf(
                    "The journaled answer %s is damaged and was put aside as %s. Its connection may have to be reconnected.",
                    attempt, aside);
            return Optional.empty();
        }
    }

    void remove(UUID attempt) throws IOException {
        Files.deleteIfExists(file(attempt));
    }

    private Path file(UUID attempt) {
        return directory.resolve(attempt + ENDING);
    }

    private static Optional<UUID> id(String name) {
        try {
            return Optional.of(UUID.fromString(name));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }
}
