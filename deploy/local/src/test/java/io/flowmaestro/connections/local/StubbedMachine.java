package io.flowmaestro.connections.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine as the script sees it: only the programs and the JDKs that a test puts there, and a checkout that holds nothing but the script. */
final class StubbedMachine {
    private static final List<String> EVERY_MACHINE_HAS = List.of(
            "bash", "cat", "cksum", "cp", "dirname", "env", "find", "flock", "grep", "id", "mkdir", "mv", "ps", "rm",
            "sed", "sh", "sleep", "sort", "tail", "tee", "touch", "tr", "xargs");

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    StubbedMachine(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(bin());
        Files.createDirectories(checkout());
        Files.copy(
                Repository.FOLDER.resolve("connections"),
                checkout().resolve("connections"),
                StandardCopyOption.COPY_ATTRIBUTES);
        for (String program : EVERY_MACHINE_HAS) {
            passOn(program);
        }
        environment.put("PATH", bin().toString());
        environment.put("HOME", root.resolve("home").toString());
        environment.put("CONNECTIONS_TEST_JDK_ROOT", root.toString());
    }

    /** With everything that is needed; {@code mvn} builds nothing, and {@code npm} has nothing to do. */
    static StubbedMachine complete(Path root) throws IOException {
        StubbedMachine machine = new StubbedMachine(root);
        machine.jdk("25.0.1");
        machine.program("node", "echo v20.19.0");
        machine.program("npm", ":");
        machine.program("mvn", ":");
        machine.program("psql", ":");
        machine.program("chromium", ":");
        machine.program("faketime", ":");
        machine.program("nginx", ":");
        machine.program("promtool", ":");
        machine.program("amtool", ":");
        machine.program("ip", ":");
        return machine;
    }

    Path checkout() {
        return root.resolve("checkout");
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** A program that does what the shell script says. */
    void program(String name, String script) throws IOException {
        executable(bin().resolve(name), script);
    }

    void without(String program) throws IOException {
        Files.delete(bin().resolve(program));
    }

    /** Answers its folder, under {@code /usr/lib/jvm}. */
    Path jdk(String version) throws IOException {
        Path jdk = root.resolve("usr/lib/jvm/some-jdk-" + version);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Some\"\nJAVA_VERSION=\"" + version + "\"\n");
        executable(jdk.resolve("bin/javac"), ":");
        executable(jdk.resolve("bin/java"), ":");
        return jdk;
    }

    /** Has the JDK's {@code java} do what the shell script says. */
    void java(String script) throws IOException {
        executable(root.resolve("usr/lib/jvm/some-jdk-25.0.1/bin/java"), script);
    }

    void variable(String name, String value) {
        environment.put(name, value);
    }

    RunningCommand start(String... arguments) throws IOException {
        return RunningCommand.start(checkout(), environment, List.of(arguments));
    }

    RunningCommand.Ended run(String... arguments) throws IOException, InterruptedException {
        try (RunningCommand command = start(arguments)) {
            return command.end();
        }
    }

    private Path bin() {
        return root.resolve("bin");
    }

    private void passOn(String program) throws IOException {
        for (String folder : List.of("/usr/bin", "/bin")) {
            Path real = Path.of(folder, program);
            if (Files.isExecutable(real)) {
                program(program, "exec " + real + " \"$@\"");
                return;
            }
        }
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + file);
        }
    }
}
