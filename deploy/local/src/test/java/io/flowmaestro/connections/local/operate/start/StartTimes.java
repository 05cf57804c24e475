package io.flowmaestro.connections.local.operate.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.FreePorts;
import io.flowmaestro.connections.local.operate.Started;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The same package with and without its AOT cache, in turn, on a machine that has its files in memory: from the start of the
 * process until it is ready, with the processor time of that and the resident memory then.
 */
final class StartTimes {
    /** What the cache is for. */
    private static final double BAR = 0.5;
    /** Of processor time: short rounds run on busy machines, where a clock says little. */
    private static final double BAR_OF_A_SHORT_ROUND = 0.8;
    /** After its name in parentheses, in ticks of a hundredth of a second. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    private static final Map<String, String> PLAIN = Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");
    private static final String RESIDENT = "VmRSS:";

    private final Proof proof;
    private final Path folder;
    private final Map<Service, Figures> all = new EnumMap<>(Service.class);

    StartTimes(Proof proof, Path folder) {
        this.proof = proof;
        this.folder = folder;
    }

    /** Of one service, medians of starts without and with the cache. */
    private record Figures(Start plain, Start cached) {
        double ratio() {
            return cached.seconds() / plain.seconds();
        }

        double ratioOfProcessorTime() {
            return cached.processor() / plain.processor();
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "{ready %.2fs/%.2fs=%.2f processor %.2fs/%.2fs=%.2f resident %.0fMiB/%.0fMiB=%.2f}",
                    cached.seconds(),
                    plain.seconds(),
                    ratio(),
                    cached.processor(),
                    plain.processor(),
                    ratioOfProcessorTime(),
                    cached.mebibytes(),
                    plain.mebibytes(),
                    cached.mebibytes() / plain.mebibytes());
        }
    }

    /**
     * What one start took until it was ready.
     *
     * @param processor seconds of all its threads
     */
    private record Start(double seconds, double processor, double mebibytes) {
        static Start median(List<Start> starts) {
            return new Start(
                    median(starts, Start::seconds), median(starts, Start::processor), median(starts, Start::mebibytes));
        }

        private static double median(List<Start> starts, ToDoubleFunction<Start> value) {
            return starts.stream().mapToDouble(value).sorted().toArray()[starts.size() / 2];
        }
    }

    void prove() throws Exception {
        boolean full = proof.rounds() >= 20;
        int starts = proof.times(9, 1);
        var services = full ? List.of(Service.values()) : List.of(Service.CREDENTIAL_VAULT);
        Train.all(services);
        try (var parts = new Parts(folder, FreePorts.ten())) {
            parts.postgres();
            parts.database("connections", Service.values());
            parts.identityProvider();
            for (var service : services) {
                all.put(service, measured(parts, service, starts));
            }
        }
        proof.figure("starts_of_each", starts);
        all.forEach((service, figures) -> proof.figure(service.serviceName(), figures));
        proof.print();

        assertThat(all).allSatisfy((_, figures) -> {
            if (full) {
                assertThat(figures.ratio()).isLessThanOrEqualTo(BAR);
            } else {
                assertThat(figures.ratioOfProcessorTime()).isLessThanOrEqualTo(BAR_OF_A_SHORT_ROUND);
            }
        });
    }

    private static Figures measured(Parts parts, Service service, int starts) throws Exception {
        // Files that nobody has read yet are read now.
        start(parts, service, Map.of());
        var plain = new ArrayList<Start>();
        var cached = new ArrayList<Start>();
        for (int i = 0; i < starts; i++) {
            plain.add(start(parts, service, PLAIN));
            cached.add(start(parts, service, Map.of()));
        }
        return new Figures(Start.median(plain), Start.median(cached));
    }

    private static Start start(Parts parts, Service service, Map<String, String> changes) throws Exception {
        int port = parts.port(1 + service.ordinal());
        long began = System.nanoTime();
        var started = new Started(parts.service(service, service.serviceName(), port, changes), port).ready();
        double seconds = (System.nanoTime() - began) / 1e9;
        long pid = parts.pid(started.process());
        var taken = new Start(seconds, processor(pid), resident(pid));
        started.process().stop();
        return taken;
    }

    private static double processor(long pid) throws IOException {
        var line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / 100.0;
    }

    private static double resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith(RESIDENT))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }
}
