package io.flowmaestro.connections.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A checkout of its own, with what this build has built: the script finds everything where it looks for it, and a build
 * there has nothing to do. Without it the script would wait for the very build that runs this test.
 */
final class BuiltCheckout {
    private static final String LAUNCHER = "deploy/local";

    private final Path folder;

    BuiltCheckout(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(launcherTarget());
        copy("connections");
        copy("pom.xml");
        copy(LAUNCHER + "/target/local-0.1.0-SNAPSHOT.jar");
        for (String linked : List.of(
                "platform",
                "connection-registry",
                "credential-vault",
                "oauth-broker",
                "mcp-gateway",
                "deploy/images",
                LAUNCHER + "/src",
                LAUNCHER + "/pom.xml")) {
            Files.createSymbolicLink(folder.resolve(linked), Repository.FOLDER.resolve(linked));
        }
        maven();
    }

    Path folder() {
        return folder;
    }

    /** To be put before the PATH: Maven, as far as it is needed here. */
    Path programs() {
        return folder.resolve("programs");
    }

    /** As an edit of a source does. */
    void change() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "<!-- changed -->");
    }

    /** The copy of a service's package that the script runs. */
    Path runnable(String service) throws IOException {
        Path packages = Path.of(Files.readString(folder.resolve("target/connections/current-packages"))
                .strip());
        return packages.resolve(service).resolve("quarkus-run.jar");
    }

    /** The script has a build collect the launcher's libraries anew. */
    private void maven() throws IOException {
        Files.createDirectories(programs());
        Path maven = programs().resolve("mvn");
        Files.writeString(
                maven,
                "#!/bin/sh\ncp -R '%s' '%s'\n"
                        .formatted(Repository.FOLDER.resolve(LAUNCHER + "/target/lib"), launcherTarget()));
        if (!maven.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + maven);
        }
    }

    private void copy(String file) throws IOException {
        Files.copy(Repository.FOLDER.resolve(file), folder.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private Path launcherTarget() {
        return folder.resolve(LAUNCHER + "/target");
    }

    /** Command lines of the processes that run something of this folder. */
    List<String> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.flatMap(process -> process.info().commandLine().stream())
                    .filter(line -> line.contains(folder.toString()))
                    .toList();
        }
    }
}
