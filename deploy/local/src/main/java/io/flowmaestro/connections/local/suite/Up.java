package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.home.FullDisk;
import io.flowmaestro.connections.local.home.HomeLock;
import io.flowmaestro.connections.local.process.Reaper;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs the suite in this process until it is told to end. */
public final class Up {
    private final Installation installation;
    private final Map<String, String> own;
    private final Progress progress;
    private final RunState state;

    public Up(Installation installation, Map<String, String> own, Progress progress) {
        this.installation = installation;
        this.own = own;
        this.progress = progress;
        this.state = new RunState(installation.home());
    }

    /** Whether it could start: asked before a long build. */
    public static void check(Installation installation) {
        installation.home().prepare();
        RunState state = new RunState(installation.home());
        state.launcher().ifPresent(running -> {
            throw alreadyRunning(running, state);
        });
    }

    /** Does not return but by a refusal: a signal ends the process, and the shutdown hook everything else. */
    public void run() throws InterruptedException {
        long began = System.nanoTime();
        installation.home().prepare();
        boolean warm = Files.exists(installation.home().postgres().resolve("data"));
        HomeLock lock = lock();
        reap();
        installation.ports().requireFree();
        Suite suite = new Suite(installation, state.records(), own, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(new Shutdown(suite.children(), state, progress), "shutdown"));
        begin();
        progress.say("Starting, with the data of " + installation.home().root());
        start(suite);
        suite.supervise();
        progress.say(Welcome.text(installation));
        progress.say(String.format(
                Locale.ROOT, "READY (%s start in %.1f s)", warm ? "warm" : "first", (System.nanoTime() - began) / 1e9));
        waitForEver(lock);
    }

    /** Parts that are being stopped look like parts that failed: when a signal is the reason, the hook has the word. */
    private static void start(Suite suite) throws InterruptedException {
        try {
            suite.start();
        } catch (Refusal refusal) {
            if (suite.children().stopping()) {
                new CountDownLatch(1).await();
            }
            throw refusal;
        }
    }

    private HomeLock lock() {
        try {
            return HomeLock.take(installation.home())
                    .orElseThrow(() -> state.launcher()
                            .map(running -> alreadyRunning(running, state))
                            .orElseGet(Up::beginsOrEnds));
        } catch (IOException failure) {
            throw new Refusal("The lock of " + installation.home().root() + " cannot be taken: " + failure);
        }
    }

    /** Somebody holds the lock, and is on no record yet or no more: two starts at once. */
    private static Refusal beginsOrEnds() {
        return new Refusal("Another call is starting or stopping the suite. Try again when it is done, or use another"
                + " CONNECTIONS_HOME and CONNECTIONS_PORT.");
    }

    private static Refusal alreadyRunning(ProcessHandle running, RunState state) {
        String where = state.ports().map(ports -> ", " + ports.publicUrl()).orElse("");
        return new Refusal("The suite is already running (process " + running.pid() + where
                + "). Stop it with ./connections down, or use another CONNECTIONS_HOME and CONNECTIONS_PORT.");
    }

    /** A killed launcher leaves its children: they are ended before new ones would need their ports and their data. */
    private void reap() {
        List<String> left = new Reaper(state.records()).reap();
        if (!left.isEmpty()) {
            progress.say("The last run did not end properly; stopped what it left: " + String.join(", ", left));
        }
    }

    private void begin() {
        installation.secrets().prepare();
        try {
            state.begin(installation);
        } catch (IOException failure) {
            throw FullDisk.refusal(installation.home(), failure, "The run state cannot be written: " + failure);
        }
    }

    private static void waitForEver(HomeLock lock) throws InterruptedException {
        try (lock) {
            new CountDownLatch(1).await();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
