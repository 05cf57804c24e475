package io.flowmaestro.connections.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowmaestro.connections.docs.LocalRepository.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the services, their web UI, the local suite and the tools of a deployment are made of may be shipped with them. */
class LicencesTest {
    private static final List<String> SERVICES =
            List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway");
    /** The launcher, what the migration Job runs, and the import. */
    private static final List<String> PROGRAMS = List.of("deploy/local", "deploy/schema", "deploy/migration");

    private static final List<String> NPM = List.of(
            "connection-registry/src/main/webui", "deploy/local/src/main/node", "platform/worker-client-typescript");
    private static final String OURS = "io.flowmaestro.connections";
    private static final Path REPORT = Path.of("target/licences.txt");
    private static final Pattern PACKAGE =
            Pattern.compile("^    \"node_modules/([^\"]+)\": \\{\\n(.*?)^    \\}", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LICENCE = Pattern.compile("\"license\": \"([^\"]+)\"");
    private static final Pattern VERSION = Pattern.compile("\"version\": \"([^\"]+)\"");

    /** Whose descriptions name none; their READMEs or files say MIT. They are part of the demo, not of a service. */
    private static final List<String> READ_BY_HAND = List.of(
            "npm @modelcontextprotocol/server-everything 2026.8.31",
            "npm @modelcontextprotocol/server-filesystem 2026.8.31",
            "npm pipenet 1.4.3");

    @Test
    void areKnownAndAllowedOfEveryDependency() throws IOException {
        var packaged = Stream.concat(
                        SERVICES.stream().map(service -> service + "/target/quarkus-app/quarkus-app-dependencies.txt"),
                        PROGRAMS.stream().map(program -> program + "/target/dependencies.txt"))
                .map(Checkout.ROOT::resolve)
                .toList();
        assumeTrue(
                packaged.stream().anyMatch(Files::exists),
                "what services are made of is known once they are packaged: mvn package");
        var licences = new TreeMap<String, String>();
        var refused = new ArrayList<String>();
        for (var file : packaged) {
            assertThat(file).as("everything is packaged, or nothing").exists();
            for (var artifact : artifacts(file)) {
                note(artifact.toString(), ofMaven(artifact), licences, refused);
            }
        }
        for (var folder : NPM) {
            ofNpm(Checkout.ROOT.resolve(folder).resolve("package-lock.json"), licences, refused);
        }
        Files.createDirectories(REPORT.getParent());
        Files.write(
                REPORT,
                licences.entrySet().stream()
                        .map(line -> line.getValue() + "  " + line.getKey())
                        .sorted()
                        .toList());

        assertThat(refused).as("choose another library, or see Licence").isEmpty();
        assertThat(licences).hasSizeGreaterThan(300);
        assertThat(licences.keySet())
                .as("of each program what only that has")
                .anyMatch(library -> library.startsWith("org.tukaani:xz:"))
                .anyMatch(library -> library.startsWith("org.flywaydb:flyway-core:"))
                .anyMatch(library -> library.startsWith("org.postgresql:postgresql:"));
    }

    @ParameterizedTest
    @CsvSource({
        "'The Apache Software License, Version 2.0', Apache-2.0",
        "Apache License 2.0, Apache-2.0",
        "Apache2, Apache-2.0",
        "'BSD 2-Clause \"Simplified\" License', BSD-2-Clause",
        "Eclipse Distribution License - v 1.0, BSD-3-Clause",
        "Eclipse Public License v. 2.0, EPL-2.0",
        "(MIT OR GPL-3.0-or-later), MIT",
        "(MIT AND Zlib), MIT AND Zlib"
    })
    void goByManyNames(String name, String identifier) {
        assertThat(Licence.allowedExpression(name)).hasValue(identifier);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPL-3.0-or-later",
                "GNU Lesser General Public License v2.1",
                "AGPL-3.0",
                "(MIT AND GPL-2.0)",
                "SSPL-1.0",
                "SEE LICENSE IN LICENSE",
                "Apache-2.0-with-a-twist",
                ""
            })
    void areRefusedWhenTheyBindOrSayNothing(String name) {
        assertThat(Licence.allowedExpression(name)).isEmpty();
    }

    /** Of lines as Quarkus has them, {@code group:name:classifier:type:version}, and as Maven has, {@code group:name:type:version:scope}. */
    private static List<Artifact> artifacts(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.strip()
                        .replaceFirst("(:compile|:runtime)?( .*)?$", "")
                        .split(":"))
                .filter(parts -> parts.length > 3 && !parts[0].equals(OURS))
                .map(parts -> new Artifact(parts[0], parts[1], parts[parts.length - 1]))
                .toList();
    }

    private static Optional<String> ofMaven(Artifact artifact) {
        return new LocalRepository()
                .licences(artifact).stream()
                        .flatMap(name -> Licence.allowed(name).stream())
                        .findFirst();
    }

    /** Of what is no more than a tool of the build nothing is shipped. */
    private static void ofNpm(Path lock, TreeMap<String, String> licences, List<String> refused) {
        PACKAGE.matcher(Checkout.text(lock)).results().forEach(found -> {
            var body = found.group(2);
            if (!body.contains("\"dev\": true")) {
                var licence = LICENCE.matcher(body);
                var version = VERSION.matcher(body);
                note(
                        "npm " + found.group(1) + " " + (version.find() ? version.group(1) : ""),
                        licence.find() ? Licence.allowedExpression(licence.group(1)) : Optional.empty(),
                        licences,
                        refused);
            }
        });
    }

    private static void note(
            String what, Optional<String> licence, TreeMap<String, String> licences, List<String> refused) {
        if (licence.isPresent()) {
            licences.put(what, licence.get());
        } else if (READ_BY_HAND.contains(what)) {
            licences.put(what, "MIT (read by hand)");
        } else {
            refused.add(what);
        }
    }
}
