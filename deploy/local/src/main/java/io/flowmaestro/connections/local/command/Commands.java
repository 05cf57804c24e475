package io.flowmaestro.connections.local.command;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.account.Tokens;
import io.flowmaestro.connections.local.suite.Down;
import io.flowmaestro.connections.local.suite.Installation;
import io.flowmaestro.connections.local.suite.Ports;
import io.flowmaestro.connections.local.suite.Progress;
import io.flowmaestro.connections.local.suite.RunState;
import io.flowmaestro.connections.local.suite.Service;
import io.flowmaestro.connections.local.suite.Status;
import io.flowmaestro.connections.local.suite.Up;
import io.flowmaestro.connections.local.training.Training;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Carries a command out. */
public final class Commands {
    private final Installation installation;
    private final Map<String, String> environment;
    private final PrintStream terminal;

    public Commands(Installation installation, Map<String, String> environment, PrintStream terminal) {
        this.installation = installation;
        this.environment = environment;
        this.terminal = terminal;
    }

    /** Answers the exit code. */
    public int run(List<String> arguments) throws IOException, InterruptedException {
        return switch (Command.parse(arguments)) {
            case Command.Check check -> check();
            case Command.Up up -> up(up.detached());
            case Command.Status status -> status();
            case Command.Down down -> down();
            case Command.Token token -> token(token.account());
            case Command.Audit audit -> audit();
            case Command.Train train ->
                new Training(installation, terminal).run(train.profile(), train.trainees()) ? 0 : 1;
            case Command.Demo demo -> new Demonstration(installation, environment, terminal).run();
        };
    }

    private int check() {
        Up.check(installation);
        installation.ports().requireFree();
        return 0;
    }

    private int up(boolean detached) throws IOException, InterruptedException {
        Up.check(installation);
        if (detached) {
            return new UpInBackground(installation.home(), terminal).run();
        }
        Progress progress = new Progress(terminal, installation.home().log("launcher"));
        new Up(installation, environment, progress).run();
        return 0;
    }

    private int status() {
        Status.Report report = new Status(state()).report();
        terminal.println(report.text());
        return report.exitCode();
    }

    private int down() {
        terminal.println(new Down(state()).run());
        return 0;
    }

    private int token(Account account) {
        terminal.println(tokenOf(account, state().requireRunning()));
        return 0;
    }

    private int audit() throws InterruptedException {
        Ports ports = state().requireRunning();
        URI vault = URI.create("http://127.0.0.1:" + ports.of(Service.CREDENTIAL_VAULT));
        return new AuditVerification(vault, tokenOf(Account.ADMIN, ports), terminal).run();
    }

    private String tokenOf(Account account, Ports ports) {
        return new Tokens(ports.issuer(), ports.publicUrl(), installation.secrets()).of(account);
    }

    private RunState state() {
        return new RunState(installation.home());
    }
}
