package io.flowmaestro.connections.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The end of a log, and the room it may take. */
final class LogTail {
    private static final int WINDOW = 64 * 1024;
    private static final long ROTATE_BYTES = 10L * 1024 * 1024;

    private LogTail() {}

    /** Where the log ends now: what a process is about to write starts there. */
    static long end(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** The last {@code count} lines of what was written after {@code start}. */
    static String lastLines(Path log, long start, int count) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(start, file.length() - WINDOW);
            file.seek(from);
            byte[] end = new byte[Math.toIntExact(Math.max(0, file.length() - from))];
            file.readFully(end);
            List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException unreadable) {
            return "(" + log + " cannot be read)";
        }
    }

    /** Done between runs only: a running process goes on writing to the file that it opened. */
    static void rotateIfLarge(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > ROTATE_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
