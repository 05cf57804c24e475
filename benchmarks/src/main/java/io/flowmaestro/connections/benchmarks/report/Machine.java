package io.flowmaestro.connections.benchmarks.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the figures were measured on. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final int FLUSHES = 200;
    private static final int PAGE = 8192;

    private Machine() {}

    /**
     * Names and versions, and what one flush to the disk costs.
     *
     * @param disk a folder on the disk that the database writes to
     */
    public static Map<String, String> describe(Path disk) throws IOException {
        var facts = new LinkedHashMap<String, String>();
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("processor", processor());
        facts.put("system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        facts.put("JDK", property("java.vendor.version") + " " + property("java.vm.version"));
        facts.put(
                "disk",
                "%s, flushing %d bytes takes %.0f µs (median of %d)"
                        .formatted(Files.getFileStore(disk).type(), PAGE, flushMicros(disk), FLUSHES));
        return facts;
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    private static String processor() throws IOException {
        if (!Files.exists(PROCESSORS)) {
            return "unknown";
        }
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    /** What durability costs here at the least; next to nothing means that the disk does not keep its promise. */
    private static double flushMicros(Path disk) throws IOException {
        var file = Files.createTempFile(disk, "flush", ".tmp");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            var nanos = new long[FLUSHES];
            for (int i = 0; i < FLUSHES; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE), 0);
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            return nanos[FLUSHES / 2] / 1e3;
        } finally {
            Files.delete(file);
        }
    }
}
