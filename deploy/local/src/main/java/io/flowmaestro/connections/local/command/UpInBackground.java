package io.flowmaestro.connections.local.command;

import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.process.Session;
import io.flowmaestro.connections.local.process.StopSignal;
import io.flowmaestro.connections.local.process.Stopping;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.suite.RunState;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a second launcher, detached from the terminal, and shows what it says until it is ready or has given up.
 * Interrupted meanwhile, it takes the other launcher down with it.
 */
final class UpInBackground {
    private final Home home;
    private final PrintStream terminal;

    UpInBackground(Home home, PrintStream terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    int run() throws IOException, InterruptedException {
        Path output = home.run().resolve("launcher.out");
        Files.writeString(output, "");
        Process launcher = new ProcessBuilder(command())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Thread interrupted = new Thread(() -> Stopping.stop(launcher.toHandle(), StopSignal.TERM, RunState.PATIENCE));
        Runtime.getRuntime().addShutdownHook(interrupted);
        int exitCode = show(output, launcher);
        Runtime.getRuntime().removeShutdownHook(interrupted);
        return exitCode;
    }

    private int show(Path output, Process launcher) throws IOException, InterruptedException {
        try (BufferedReader lines = Files.newBufferedReader(output, StandardCharsets.UTF_8)) {
            while (true) {
                // Asked before reading: what it said last is read even when it has ended.
                boolean alive = launcher.isAlive();
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    terminal.println(line);
                    if (line.startsWith("READY")) {
                        return 0;
                    }
                }
                if (!alive) {
                    return launcher.exitValue() == 0 ? 1 : launcher.exitValue();
                }
                Thread.sleep(50);
            }
        }
    }

    /** This very command line, up to the main class, and then {@code up}. */
    private static List<String> command() {
        ProcessHandle.Info self = ProcessHandle.current().info();
        List<String> command = new ArrayList<>(Session.prefix());
        command.add(self.command().orElseThrow(UpInBackground::hidden));
        for (String argument : self.arguments().orElseThrow(UpInBackground::hidden)) {
            command.add(argument);
            if (argument.endsWith(".Launcher")) {
                break;
            }
        }
        command.add("up");
        return command;
    }

    private static Refusal hidden() {
        return new Refusal("This machine hides how the command was called. Use ./connections up without --detach.");
    }
}
