package io.flowmaestro.connections.local.command;

import io.flowmaestro.connections.local.demo.Demo;
import io.flowmaestro.connections.local.demo.Interruption;
import io.flowmaestro.connections.local.demo.RunningSuite;
import io.flowmaestro.connections.local.process.Session;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.suite.Down;
import io.flowmaestro.connections.local.suite.Installation;
import io.flowmaestro.connections.local.suite.RunState;
import io.flowmaestro.connections.local.suite.Up;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** Runs the demo, and leaves the suite as it found it: one that it had to start is stopped again. */
final class Demonstration {
    private final Installation installation;
    private final Map<String, String> environment;
    private final PrintStream terminal;
    private final RunState state;

    Demonstration(Installation installation, Map<String, String> environment, PrintStream terminal) {
        this.installation = installation;
        this.environment = environment;
        this.terminal = terminal;
        this.state = new RunState(installation.home());
    }

    int run() throws IOException, InterruptedException {
        String node = Session.program("node", environment)
                .orElseThrow(() -> new Refusal("Node.js is not on the PATH. Install Node.js 20 or newer."));
        boolean started = state.launcher().isEmpty();
        if (started) {
            Up.check(installation);
            int exitCode = new UpInBackground(installation.home(), terminal).run();
            if (exitCode != 0) {
                return exitCode;
            }
        }
        try (Interruption _ = Interruption.onSignal()) {
            show(node, started);
        }
        return 0;
    }

    private void show(String node, boolean stopAfterwards) {
        try {
            new Demo(new RunningSuite(installation, state.requireRunning(), node), terminal).run();
        } finally {
            if (stopAfterwards) {
                // An interruption was for the demo; stopping waits for processes, and must be let wait.
                Thread.interrupted();
                terminal.println("It was not running before: stopping it.");
                terminal.println(new Down(state).run());
            }
        }
    }
}
