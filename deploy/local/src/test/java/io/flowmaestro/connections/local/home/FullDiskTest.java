package io.flowmaestro.connections.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FullDiskTest {
    private static final Home HOME = new Home(Path.of("/data/connections"));

    static Stream<Throwable> full() {
        return Stream.of(
                new IOException("No space left on device"),
                new FileSystemException("/data/connections/run/port", null, "No space left on device"),
                new FileSystemException("/data/connections/run/port", null, "Disk quota exceeded"),
                new ExecutionException(new UncheckedIOException(new IOException("No space left on device"))));
    }

    @ParameterizedTest
    @MethodSource("full")
    void isNamedByTheFolderOnItWithWhatToDo(Throwable failure) {
        assertThat(FullDisk.refusal(HOME, failure, "Something else."))
                .hasMessage(
                        "There is no space left for the data folder /data/connections. Free some on its disk, or move"
                                + " the folder to another disk and set CONNECTIONS_HOME to it.");
    }

    @Test
    void isNoReasonForAnythingElse() {
        assertThat(FullDisk.refusal(HOME, new AccessDeniedException("/data/connections/run/port"), "Something else."))
                .hasMessage("Something else.");
    }
}
