package io.flowmaestro.connections.migration.report;

import io.flowmaestro.connections.migration.refusal.Refusal;
import io.flowmaestro.connections.migration.source.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run's report: one line of JSON for each row, on disk before the next batch is sent. Lines are written once a batch
 * is answered, so a crash loses at most what it can be asked again.
 */
public final class Report implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final RunIdentity identity;
    private final Tally tally = new Tally();
    private final Fingerprint fingerprint = new Fingerprint();

    private Report(Path file, FileChannel channel, RunIdentity identity) {
        this.file = file;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Makes the file.
     *
     * @throws Refusal when there is one already
     */
    public static Report begin(Path file, RunIdentity identity) {
        try {
            boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileChannel channel = posix
                    ? FileChannel.open(
                            file,
                            options,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    : FileChannel.open(file, options);
            Report report = locked(new Report(file, channel, identity));
            report.save(false);
            return report;
        } catch (FileAlreadyExistsException exists) {
            throw Refusal.usage("There is a report " + file
                    + " already. Go on with its run by --resume, or name another" + " file with --report.");
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    /** Takes up the report of a run that stopped: checks what is certain, keeps the whole lines after it, cuts a torn one. */
    public static Report resume(Path file, RunIdentity identity) {
        RunState state = RunState.read(file);
        identity.difference(state.settings()).ifPresent(option -> {
            throw Refusal.usage("The run of " + file + " had another " + option
                    + ". Go on with the same options, or start anew with another --report.");
        });
        try {
            Report report = locked(new Report(
                    file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), identity));
            try {
                report.goOnAfter(state);
                return report;
            } catch (IOException | RuntimeException failure) {
                report.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    private void goOnAfter(RunState state) throws IOException {
        new ReportReader(channel).read(state, file, this::keep);
        channel.truncate(fingerprint.bytes());
        channel.position(fingerprint.bytes());
        save(state.finished() && state.bytes() == fingerprint.bytes());
    }

    public Tally tally() {
        return tally;
    }

    public Path file() {
        return file;
    }

    /** On return the lines are on disk. */
    public void add(List<ReportLine> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.json()).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
        fingerprint.add(bytes);
        lines.forEach(tally::add);
        save(false);
    }

    public void finish() {
        save(true);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw unwritable(file, failure);
        }
    }

    private void keep(byte[] line, ReportLine parsed) {
        fingerprint.add(line);
        tally.add(parsed);
    }

    private void save(boolean finished) {
        Map<String, String> lastIds = new LinkedHashMap<>();
        for (Table table : Table.values()) {
            tally.lastId(table).ifPresent(id -> lastIds.put(table.tableName(), id));
        }
        try {
            new RunState(identity.settings(), fingerprint.bytes(), fingerprint.sha256(), lastIds, finished).write(file);
        } catch (IOException failure) {
            throw unwritable(RunState.file(file), failure);
        }
    }

    private static Report locked(Report report) throws IOException {
        try {
            if (report.channel.tryLock() != null) {
                return report;
            }
        } catch (OverlappingFileLockException held) {
            // Told below.
        }
        report.close();
        throw Refusal.usage("Another import writes " + report.file + " right now.");
    }

    private static Refusal unwritable(Path file, IOException failure) {
        String reason = Files.exists(file.toAbsolutePath().getParent()) ? "" : ": its folder is missing";
        return Refusal.stopped("The report " + file + " cannot be written ("
                + failure.getClass().getSimpleName() + reason + ").");
    }
}
