package io.flowmaestro.connections.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of Debian's packages prometheus and prometheus-alertmanager. */
final class Tool {
    private Tool() {}

    /** What it printed; fails when it does not end well. */
    static String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(Files.FOLDER.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            throw new AssertionError(
                    program
                            + " is not there. Run ./connections test, or: apt-get install prometheus prometheus-alertmanager",
                    missing);
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command.toString()).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
