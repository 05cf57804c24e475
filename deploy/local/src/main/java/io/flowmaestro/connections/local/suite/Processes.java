package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.process.ProcessSpec;
import io.flowmaestro.connections.local.process.Session;
import io.flowmaestro.connections.local.process.StopSignal;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How each process of the suite is run. */
final class Processes {
    static final String IDENTITY_PROVIDER = "identity-provider";
    static final String DEMO_PROVIDER = "demo-provider";

    /** As long as in a cluster: oauth-broker waits for providers, since an answer that nobody hears may hold the only good token. */
    static final Duration SERVICE_PATIENCE = Duration.ofSeconds(45);

    private static final Duration NODE_PATIENCE = Duration.ofSeconds(5);
    /** Small, and quick to start: four of them share a laptop with everything else. */
    private static final List<String> JVM = List.of(
            "-Xms48m",
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // A dump of the memory would hold whatever secret was in use.
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Installation installation;
    private final Environments environments;
    private final Map<String, String> own;

    Processes(Installation installation, Map<String, String> own) {
        this.installation = installation;
        this.environments = new Environments(installation, own);
        this.own = own;
    }

    ProcessSpec service(Service service) {
        Path runnable = installation.runnable(service);
        if (!Files.exists(runnable)) {
            throw new Refusal(service.serviceName() + " is not built (" + runnable
                    + " is missing). Run ./connections up, which builds it.");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(cacheBeside(runnable));
        command.addAll(List.of("-jar", runnable.toString()));
        return new ProcessSpec(
                service.serviceName(),
                "java",
                command,
                environments.service(service),
                installation.home().root(),
                installation.home().log(service.serviceName()),
                StopSignal.TERM,
                SERVICE_PATIENCE);
    }

    /** What the service has loaded at an earlier start; the script makes it. Of one that does not fit the JVM says so, and starts without. */
    private static List<String> cacheBeside(Path runnable) {
        Path cache = runnable.resolveSibling("app.aot");
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    ProcessSpec identityProvider() {
        return node(IDENTITY_PROVIDER, environments.identityProvider());
    }

    ProcessSpec demoProvider() {
        return node(DEMO_PROVIDER, environments.demoProvider());
    }

    private ProcessSpec node(String name, Map<String, String> environment) {
        String node = Session.program("node", own)
                .orElseThrow(() -> new Refusal("Node.js is not on the PATH. Install Node.js 20 or newer."));
        return new ProcessSpec(
                name,
                "node",
                List.of(node, installation.node().resolve(name + ".mjs").toString()),
                environment,
                installation.node(),
                installation.home().log(name),
                StopSignal.TERM,
                NODE_PATIENCE);
    }
}
