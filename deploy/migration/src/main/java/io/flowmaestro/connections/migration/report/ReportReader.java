package io.flowmaestro.connections.migration.report;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads a report back, up to the first line that is not whole. */
final class ReportReader {
    private final InputStream input;

    /** @param channel read from its beginning, and not closed */
    ReportReader(FileChannel channel) {
        this.input = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    }

    /**
     * Hands each line on, with the bytes of it.
     *
     * @throws Refusal when what was certain is not there any more as it was
     */
    void read(RunState state, Path file, BiConsumer<byte[], ReportLine> lines) throws IOException {
        Fingerprint certain = new Fingerprint();
        boolean checked = false;
        while (true) {
            if (certain.bytes() == state.bytes()) {
                checked = true;
                if (!certain.sha256().equals(state.sha256())) {
                    throw changed(file);
                }
            }
            Optional<byte[]> line = next();
            Optional<ReportLine> parsed =
                    line.flatMap(bytes -> ReportLine.parsed(new String(bytes, StandardCharsets.UTF_8)));
            if (parsed.isEmpty()) {
                break;
            }
            certain.add(line.orElseThrow());
            lines.accept(line.orElseThrow(), parsed.get());
        }
        if (!checked) {
            throw changed(file);
        }
    }

    /** With its line feed; empty at the end, and for a last line without one. */
    private Optional<byte[]> next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0; next = input.read()) {
            line.write(next);
            if (next == '\n') {
                return Optional.of(line.toByteArray());
            }
        }
        return Optional.empty();
    }

    private static Refusal changed(Path file) {
        return Refusal.usage(
                "The report " + file + " is not as the run left it. Start anew without --resume and with another"
                        + " --report; what is imported stays as it is.");
    }
}
