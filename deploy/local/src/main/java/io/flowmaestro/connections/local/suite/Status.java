package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.process.ProcessRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs where, and whether it is able to work. */
public final class Status {
    private static final int NOT_RUNNING = 3;
    private static final int UNHEALTHY = 1;

    private final RunState state;

    public Status(RunState state) {
        this.state = state;
    }

    /**
     * What the call answers.
     *
     * @param text for the terminal
     * @param exitCode 0 all healthy, 1 something is not, 3 not running
     */
    public record Report(String text, int exitCode) {}

    private record Line(String name, int port, Optional<Long> pid, String state) {
        boolean healthy() {
            return state.equals("healthy");
        }

        String text() {
            String process = pid.map(String::valueOf).orElse("-");
            return String.format(Locale.ROOT, "%-20s %5d  %8s  %s", name, port, process, state);
        }
    }

    public Report report() {
        Optional<ProcessHandle> launcher = state.launcher();
        Optional<Ports> ports = state.ports();
        if (launcher.isEmpty() || ports.isEmpty()) {
            return notRunning();
        }
        List<Line> lines = lines(launcher.get(), ports.get());
        StringBuilder text =
                new StringBuilder("The suite is running on " + ports.get().publicUrl() + "\n");
        text.append(String.format(Locale.ROOT, "%-20s %5s  %8s  %s%n", "", "port", "process", "state"));
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return new Report(text.toString().stripTrailing(), lines.stream().allMatch(Line::healthy) ? 0 : UNHEALTHY);
    }

    private Report notRunning() {
        List<String> left = state.records().all().stream()
                .filter(process -> process.living().isPresent())
                .map(ProcessRecord::name)
                .toList();
        return left.isEmpty()
                ? new Report("The suite is not running.", NOT_RUNNING)
                : new Report(
                        "The suite is not running, but a killed launcher left processes: " + String.join(", ", left)
                                + ". ./connections down stops them, and so does the next up.",
                        NOT_RUNNING);
    }

    private List<Line> lines(ProcessHandle launcher, Ports ports) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("front door", ports.frontDoor(), Optional.of(launcher.pid()), "healthy"));
        for (Service service : Service.values()) {
            lines.add(line(service.serviceName(), ports.of(service), Health.ofService(ports, service)));
        }
        lines.add(line(Processes.IDENTITY_PROVIDER, ports.identity(), Health.ofProvider(ports.identity())));
        lines.add(line(Processes.DEMO_PROVIDER, ports.demo(), Health.ofProvider(ports.demo())));
        Optional<Long> postgres = pid(EmbeddedPostgres.NAME);
        lines.add(new Line(
                EmbeddedPostgres.NAME, ports.postgres(), postgres, postgres.isPresent() ? "healthy" : "stopped"));
        return lines;
    }

    private Line line(String name, int port, Health health) {
        Optional<Long> pid = pid(name);
        String condition = pid.isEmpty() ? "stopped" : health.good() ? "healthy" : "not ready";
        return new Line(name, port, pid, condition);
    }

    private Optional<Long> pid(String name) {
        return state.records().find(name).flatMap(ProcessRecord::living).map(ProcessHandle::pid);
    }
}
