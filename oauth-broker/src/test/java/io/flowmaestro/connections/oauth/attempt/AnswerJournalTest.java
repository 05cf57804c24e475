package io.flowmaestro.connections.oauth.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerJournalTest {

    private static final SealedAnswer ANSWER =
            new SealedAnswer(UUID.randomUUID(), UUID.randomUUID(), new byte[] {1, 2, 3});

    @TempDir
    Path folder;

    private AnswerJournal journal() {
        return new AnswerJournal(() -> folder.resolve("journal"));
    }

    @Test
    void givesBackWhatAFormerRunHasWritten() throws IOException {
        journal().write(ANSWER);
        var later = journal();
        assertThat(later.waiting()).containsExactly(ANSWER.attempt());
        assertThat(later.read(ANSWER.attempt())).hasValueSatisfying(read -> {
            assertThat(read.user()).isEqualTo(ANSWER.user());
            assertThat(read.bytes()).isEqualTo(ANSWER.bytes());
        });
    }

    @Test
    void forgetsWhatIsStoredElsewhere() throws IOException {
        journal().write(ANSWER);
        journal().remove(ANSWER.attempt());
        assertThat(journal().waiting()).isEmpty();
    }

    @Test
    void passesOverWhatACrashLeftHalfWritten() throws IOException {
        var journal = journal();
        Files.writeString(folder.resolve("journal").resolve(UUID.randomUUID() + ".tmp"), "{\"att");
        assertThat(journal.waiting()).isEmpty();
    }

    @Test
    void putsADamagedFileAside() throws IOException {
        var journal = journal();
        journal.write(ANSWER);
        var file = folder.resolve("journal").resolve(ANSWER.attempt() + ".answer");
        Files.writeString(file, "{\"attempt\":");
        assertThat(journal.read(ANSWER.attempt())).isEmpty();
        assertThat(journal.waiting()).isEmpty();
        assertThat(folder.resolve("journal").resolve(ANSWER.attempt() + ".damaged"))
                .exists();
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        journal().write(ANSWER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("journal"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("journal").resolve(ANSWER.attempt() + ".answer"))))
                .isEqualTo("rw-------");
    }

    @Test
    void saysAtTheStartThatItsFolderIsNoGood() throws IOException {
        Files.writeString(folder.resolve("journal"), "a file");
        assertThatThrownBy(this::journal).hasMessageContaining("CONNECTIONS_JOURNAL_DIR");
    }
}
