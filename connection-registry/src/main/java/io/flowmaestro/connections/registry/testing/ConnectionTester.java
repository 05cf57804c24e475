package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.connection.ConnectionRequests;
import io.flowmaestro.connections.registry.connection.ToolDiscovery;
import io.flowmaestro.connections.registry.data.ConnectionData;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.provider.Providers;
import io.flowmaestro.connections.verification.CredentialVerifier;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Asks providers and MCP servers whether credentials work. Writes nothing; a crash leaves nothing behind. */
@ApplicationScoped
public class ConnectionTester {

    /** Above every timeout inside: it is the last resort. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    /** The same where an MCP server is asked. */
    static final Duration LONGEST_MCP = ToolDiscovery.LONGEST.plusSeconds(5);

    private static final Logger LOG = Logger.getLogger(ConnectionTester.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Providers providers;
    private final CredentialVerifier verifier;
    private final CredentialSource credentials;
    private final ToolDiscovery tools;

    ConnectionTester(
            Providers providers, CredentialVerifier verifier, CredentialSource credentials, ToolDiscovery tools) {
        this.providers = providers;
        this.verifier = verifier;
        this.credentials = credentials;
        this.tools = tools;
    }

    /** Whether a test of such a connection can say anything. */
    public boolean canTest(ConnectionMethod method, String provider) {
        return method == ConnectionMethod.MCP
                || providers
                        .find(provider)
                        .filter(known -> CredentialVerifier.canVerify(known, method.wire()))
                        .isPresent();
    }

    /** A stored connection. Fails with {@code connection-not-found} only. */
    Uni<Finding> test(UUID user, UUID connection, ConnectionMethod method, String provider) {
        if (method == ConnectionMethod.MCP) {
            return settled(method, tools.rediscover(user, connection).map(ConnectionTester::connected));
        }
        if (!canTest(method, provider)) {
            return Uni.createFrom().item(untestable(provider));
        }
        return settled(
                method,
                credentials
                        .fetch(user, connection)
                        .chain(fetched -> verify(user, method, provider, fetched.data())
                                .map(finding -> finding.about(fetched.generation()))));
    }

    /** Data that is not stored. Fails with {@code validation-failed} only. */
    Uni<Finding> test(UUID user, ConnectionRequests.Unsaved unsaved) {
        return settled(
                unsaved.method(),
                unsaved.data() instanceof ConnectionData.Mcp mcp
                        ? tools.discover(user, mcp).map(ConnectionTester::connected)
                        : verify(user, unsaved.method(), unsaved.provider(), parse(unsaved.data())));
    }

    private Uni<Finding> verify(UUID user, ConnectionMethod method, String key, JsonNode data) {
        Optional<Provider> provider = providers.find(key);
        return provider.isEmpty()
                ? Uni.createFrom().item(untestable(key))
                : verifier.verify(user, provider.get(), method.wire(), data).map(Finding::of);
    }

    private static Uni<Finding> settled(ConnectionMethod method, Uni<Finding> test) {
        Duration longest = method == ConnectionMethod.MCP ? LONGEST_MCP : LONGEST;
        return test.ifNoItem().after(longest).fail().onFailure().recoverWithUni(ConnectionTester::failed);
    }

    private static Uni<Finding> failed(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return isAboutTheRequest(problem)
                    ? Uni.createFrom().failure(problem)
                    : Uni.createFrom().item(Finding.of(problem));
        }
        if (!(failure instanceof TimeoutException)) {
            LOG.errorf(failure, "a connection test broke off");
        }
        return Uni.createFrom()
                .item(Finding.without(
                        TestOutcome.INCONCLUSIVE, "The test did not come to an end. Try again in a few minutes."));
    }

    /** There is nothing to test then: the connection is missing, or could not be saved with such data either. */
    private static boolean isAboutTheRequest(ProblemException problem) {
        return problem.code() == RegistryProblem.CONNECTION_NOT_FOUND
                || problem.code() == RegistryProblem.VALIDATION_FAILED;
    }

    private static Finding untestable(String provider) {
        return Finding.without(
                TestOutcome.UNTESTABLE,
                "Connections to %s cannot be tested: there is no request that would show whether the credential works. It is used as it is."
                        .formatted(provider));
    }

    private static Finding connected(ToolDiscovery.Discovered discovered) {
        JsonNode server = discovered.serverInfo();
        String name = server.path("name").asText("the MCP server");
        String version = server.path("version").asText("");
        String message = "Connected to %s%s; it offers %d tools"
                .formatted(
                        name,
                        version.isEmpty() ? "" : " v" + version,
                        discovered.tools().size());
        return Finding.passed(message, "server_info", server).with(discovered);
    }

    private static JsonNode parse(ConnectionData data) {
        try {
            return JSON.readTree(data.plaintext().reveal());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("validated data is no JSON");
        }
    }
}
