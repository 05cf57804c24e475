package io.flowmaestro.connections.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Starts a command in a session of its own, so that Ctrl-C in the terminal reaches the launcher only, which then stops
 * its children in order. Each form replaces itself by the command, so the process id stays.
 */
public final class Session {
    private static final Pattern PATH_SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private Session() {}

    public static List<String> prefix() {
        return prefix(System.getenv());
    }

    /** macOS has no {@code setsid}, and Perl instead. Without either, children see Ctrl-C too and simply end sooner. */
    static List<String> prefix(Map<String, String> environment) {
        return program("setsid", environment)
                .map(List::of)
                .or(() -> program("perl", environment)
                        .map(perl -> List.of(perl, "-MPOSIX=setsid", "-e", "setsid(); exec { $ARGV[0] } @ARGV")))
                .orElse(List.of());
    }

    public static Optional<String> program(String name, Map<String, String> environment) {
        return PATH_SEPARATOR
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
