package io.flowmaestro.connections.local.postgres;

import io.flowmaestro.connections.local.process.Session;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own the same user is not root any more, and still
 * owns its files.
 */
final class Unprivileged {
    private Unprivileged() {}

    static List<String> prefix() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        return Session.program("unshare", System.getenv())
                .map(unshare -> List.of(unshare, "-U"))
                .filter(Unprivileged::works)
                .orElseThrow(() -> new Refusal("PostgreSQL does not run as root, and a user namespace for it cannot be"
                        + " made here (unshare -U). Run this command as an ordinary user."));
    }

    private static boolean works(List<String> prefix) {
        try {
            ProcessBuilder builder = new ProcessBuilder(prefix.get(0), prefix.get(1), "true")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().retainAll(Map.of("PATH", "").keySet());
            return builder.start().waitFor() == 0;
        } catch (IOException failure) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
