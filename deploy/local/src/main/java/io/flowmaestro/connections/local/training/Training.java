package io.flowmaestro.connections.local.training;

import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.suite.Installation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts services once, each by {@code deploy/images/train}, which keeps what it loaded meanwhile as an AOT cache beside its jars. They meet
 * {@link StandIns}. Where those cannot be had they meet nothing, and what talks to a database or an identity provider is not in their caches.
 */
public final class Training {
    private final Installation installation;
    private final PrintStream terminal;

    /**
     * Prepares for it.
     *
     * @param installation of whose repository the script and the migrations are; its data folder is left alone
     */
    public Training(Installation installation, PrintStream terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    /**
     * What the script and the services write goes to the standard error of this process.
     *
     * @param profile that they are started with
     * @return whether each of them has a new cache
     */
    public boolean run(String profile, List<Trainee> trainees) throws IOException, InterruptedException {
        Optional<StandIns> standIns = standIns(profile, trainees);
        try {
            boolean all = true;
            for (Trainee trainee : trainees) {
                terminal.println("Having " + trainee.service().serviceName() + " remember how it starts.");
                all &= train(
                        profile,
                        trainee,
                        standIns.map(company -> company.environment(trainee.service()))
                                .orElse(Map.of()));
            }
            return all;
        } finally {
            standIns.ifPresent(StandIns::close);
        }
    }

    private Optional<StandIns> standIns(String profile, List<Trainee> trainees) throws InterruptedException {
        try {
            return Optional.of(StandIns.start(
                    installation.repository(),
                    !profile.equals("local"),
                    trainees.stream().map(Trainee::service).toList()));
        } catch (IOException | Refusal missing) {
            terminal.println(
                    "Services are trained without a database and an identity provider, and will start slower than they could: "
                            + missing.getMessage());
            return Optional.empty();
        }
    }

    private boolean train(String profile, Trainee trainee, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path script = installation.repository().resolve("deploy/images/train");
        var builder =
                new ProcessBuilder("bash", script.toString(), trainee.folder().toString()).inheritIO();
        builder.environment()
                .put(
                        "JAVA",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.environment().put("TRAIN_PROFILE", profile);
        builder.environment().putAll(environment);
        Process process = builder.start();
        // A signal may have reached this process alone.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "training"));
        if (process.waitFor() == 0) {
            return true;
        }
        terminal.println("It could not, and starts as if for the first time.");
        return false;
    }
}
