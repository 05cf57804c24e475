package io.flowmaestro.connections.local.proof.mcp.ssrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flowmaestro.connections.local.Repository;
import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No URL leads the gateway to an address that is not on the public internet. Linux alone has networks that a test can make. */
class SsrfProofIT {
    private static final String RESOLVER = "nameserver 127.0.0.53\noptions timeout:2 attempts:1\n";

    @TempDir
    static Path folder;

    @Test
    void noFormOfAnyUrlReachesAForbiddenAddress() throws Exception {
        boolean possible = succeeds(List.of("unshare", "-Urnm", "ip", "link", "set", "lo", "up"));
        if (Proof.isDemanded()) {
            assertThat(possible)
                    .as("unshare -Urnm (Linux, with iproute2) makes a network")
                    .isTrue();
        }
        assumeThat(possible).as("unshare -Urnm cannot make a network here").isTrue();
        Files.writeString(folder.resolve("resolv.conf"), RESOLVER);

        var world = new ProcessBuilder("unshare", "-Urnm", "sh", "-ec", script())
                .redirectErrorStream(true)
                .start();
        String output = new String(world.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(output);

        assertThat(world.waitFor()).as(output).isZero();
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static String script() {
        var addresses = Stream.concat(World.FORBIDDEN.stream(), Stream.of(World.VALID_ADDRESS))
                .map(address -> "ip addr add " + address + (address.contains(":") ? "/128" : "/32") + " dev lo nodad")
                .map(line -> line.contains(":") ? line : line.replace(" nodad", ""))
                .collect(Collectors.joining("\n"));
        return String.join(
                "\n",
                "ip link set lo up",
                addresses,
                "mount --bind '" + folder.resolve("resolv.conf") + "' /etc/resolv.conf",
                "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -Xmx256m "
                        + "-Dconnections.repository='" + Repository.FOLDER + "' "
                        + Stream.of("proof.rounds", "proof.seed")
                                .filter(name -> System.getProperty(name) != null)
                                .map(name -> "-D" + name + "=" + System.getProperty(name) + " ")
                                .collect(Collectors.joining())
                        + "-cp '"
                        + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")) + "' "
                        + World.class.getName() + " '" + folder.resolve("home") + "'");
    }
}
