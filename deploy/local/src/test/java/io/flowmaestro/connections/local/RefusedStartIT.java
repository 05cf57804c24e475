package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services as they are shipped, started with what production must not have: an operator reads which settings to change, and nothing else. */
class RefusedStartIT {

    private static final String UNLESS_MESH =
            ", unless a service mesh encrypts this traffic; then set CONNECTIONS_MESH=true.";

    private static final Pattern BLANK = Pattern.compile(" ");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "connection-registry, CONNECTIONS_BROKER_URL CONNECTIONS_GATEWAY_URL CONNECTIONS_VAULT_URL",
        "credential-vault, ''",
        "oauth-broker, CONNECTIONS_REGISTRY_URL CONNECTIONS_VAULT_URL",
        "mcp-gateway, CONNECTIONS_BROKER_URL CONNECTIONS_REGISTRY_URL CONNECTIONS_VAULT_URL"
    })
    void namesEachVariableOnceWithWhatItMustBe(String service, String peers) throws Exception {
        var complaints = new StringBuilder();
        for (String line : lines(peers)) {
            complaints.append("\n  - ").append(line);
        }

        var refused = start(service, inTheClear());

        assertThat(refused.error()).isEqualTo("""
                This service does not start, because of its configuration:%s
                docs/configuration.md lists every setting.
                """.formatted(complaints));
        assertThat(refused.log())
                .doesNotContain("\"level\":\"ERROR\"", "ConfigurationException", "does not start", "secret-canary");
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @Test
    void holdsTheIssuerToHttpsInsideOfAMeshToo() throws Exception {
        var environment = inTheClear();
        environment.put("CONNECTIONS_MESH", "true");

        assertThat(start("credential-vault", environment).error())
                .contains("\n  - CONNECTIONS_ISSUER must be an https URL")
                .doesNotContain("CONNECTIONS_DATABASE_URL");
    }

    /** Whatever would be taken for something else, or noticed by the first caller only. */
    @ParameterizedTest
    @CsvSource({
        "credential-vault, CONNECTIONS_AUDIENCE, ''",
        "mcp-gateway, CONNECTIONS_AUDIENCE, any",
        "credential-vault, QUARKUS_OIDC_TOKEN_AUDIENCE, any",
        "mcp-gateway, CONNECTIONS_MCP_CALLS_AT_ONCE, 0",
        "mcp-gateway, CONNECTIONS_EGRESS_ALLOW, 10.0.0.0/99",
        "mcp-gateway, CONNECTIONS_EGRESS_ALLOW, tools.corp.example/24",
        "mcp-gateway, CONNECTIONS_MCP_HOSTS_ALLOW, http://tools.corp.example/",
        "oauth-broker, CONNECTIONS_MCP_HOSTS_DENY, *.10.0.0.1",
        "mcp-gateway, CONNECTIONS_CHANGES_REMEMBERED, 31S",
        "oauth-broker, CONNECTIONS_JOURNAL_DIR, /proc/journal",
        "connection-registry, CONNECTIONS_MAIL_FROM, Connections",
        "connection-registry, CONNECTIONS_PUBLIC_URL, https://connections.example?a=1",
        "connection-registry, CONNECTIONS_UI_ORIGINS, *"
    })
    void refusesAValueThatNobodyCanHaveMeant(String service, String name, String value) throws Exception {
        var environment = inTheClear();
        environment.put("QUARKUS_PROFILE", "local");
        environment.put(name, value);

        var refused = start(service, environment);

        assertThat(refused.error())
                .startsWith("This service does not start, because of its configuration:\n  - " + name)
                .hasLineCount(3);
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://somebody:secret-canary@127.0.0.1:1/nowhere?sslmode=bogus",
                "postgresql://somebody:secret-canary@127.0.0.1:2x/nowhere"
            })
    void repeatsNoPasswordOfAnAddress(String address) throws Exception {
        var environment = inTheClear();
        environment.put("CONNECTIONS_DATABASE_URL", address);

        var refused = start("credential-vault", environment);

        assertThat(refused.error())
                .contains("CONNECTIONS_DATABASE_URL (environment) must be a database URL without user and password")
                .doesNotContain("secret-canary");
        assertThat(refused.log()).isEmpty();
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    /** In the order in which they are told. */
    private static List<String> lines(String peers) {
        Stream<String> ofPeers = BLANK.splitAsStream(peers)
                .filter(peer -> !peer.isEmpty())
                .map(peer -> peer + " must be an https URL" + UNLESS_MESH);
        return Stream.concat(
                        ofPeers,
                        Stream.of(
                                "CONNECTIONS_DATABASE_URL must have sslmode=verify-full" + UNLESS_MESH,
                                "CONNECTIONS_ISSUER must be an https URL: tokens are only as safe as the way to its keys."))
                .sorted()
                .toList();
    }

    private Map<String, String> inTheClear() {
        var environment = new HashMap<String, String>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("CONNECTIONS_ISSUER", "http://127.0.0.1:1");
        environment.put("CONNECTIONS_PUBLIC_URL", "https://connections.example");
        environment.put("CONNECTIONS_SERVICE_SECRET", "secret-canary");
        environment.put("CONNECTIONS_DATABASE_URL", "postgresql://127.0.0.1:1/nowhere");
        environment.put("CONNECTIONS_JOURNAL_DIR", folder.resolve("journal").toString());
        environment.put("ENCRYPTION_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        for (String role : List.of("", "JOBS_")) {
            environment.put("CONNECTIONS_" + role + "DATABASE_USER", "nobody");
            environment.put("CONNECTIONS_" + role + "DATABASE_PASSWORD", "secret-canary");
        }
        for (String peer : List.of("REGISTRY", "VAULT", "BROKER", "GATEWAY")) {
            environment.put("CONNECTIONS_" + peer + "_URL", "http://127.0.0.1:1");
        }
        return environment;
    }

    /** @param log in JSON, of what was tried before: the identity provider is away */
    private record Refused(int exitCode, String error, String log) {}

    private Refused start(String service, Map<String, String> environment) throws Exception {
        var error = folder.resolve("error");
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        Repository.FOLDER
                                .resolve(service)
                                .resolve("target/quarkus-app/quarkus-run.jar")
                                .toString())
                .directory(folder.toFile())
                .redirectError(error.toFile())
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            return new Refused(process.exitValue(), Files.readString(error), Files.readString(log));
        } finally {
            process.destroyForcibly();
        }
    }
}
