package io.flowmaestro.connections.local.home;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The data folder ({@code CONNECTIONS_HOME}), kept between runs and readable by its owner only.
 *
 * <pre>
 * version      the layout's version
 * secrets/     one file for each secret, made once
 * postgres/    the server's binaries and its data
 * identity/ demo/   state of the two OpenID providers
 * providers/   provider files, the user's own among them
 * logs/ run/   a log and a process record for each process
 * </pre>
 */
public record Home(Path root) {
    public static Home of(Map<String, String> environment) {
        String configured = environment.getOrDefault("CONNECTIONS_HOME", "");
        Path root =
                configured.isBlank() ? Path.of(System.getProperty("user.home"), ".connections") : Path.of(configured);
        return new Home(root.toAbsolutePath().normalize());
    }

    /** Makes what is missing. Checks the version first: another version's folder is not touched. */
    public void prepare() {
        HomeVersion.check(root);
        try {
            PrivateFiles.directory(root);
            HomeVersion.write(root);
            for (Path directory :
                    List.of(secrets(), postgres(), identity(), demo(), journal(), providers(), logs(), run())) {
                PrivateFiles.directory(directory);
            }
        } catch (IOException failure) {
            throw FullDisk.refusal(
                    this,
                    failure,
                    "The data folder " + root + " cannot be used (" + failure
                            + "). Make it writable or set CONNECTIONS_HOME to another folder.");
        }
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path identity() {
        return root.resolve("identity");
    }

    public Path demo() {
        return root.resolve("demo");
    }

    /** Where oauth-broker keeps answers while PostgreSQL is away. */
    public Path journal() {
        return root.resolve("journal");
    }

    public Path providers() {
        return root.resolve("providers");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path log(String process) {
        return logs().resolve(process + ".log");
    }

    public Path run() {
        return root.resolve("run");
    }
}
