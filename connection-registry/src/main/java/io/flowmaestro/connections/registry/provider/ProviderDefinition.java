package io.flowmaestro.connections.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.ProviderFileException;
import io.flowmaestro.connections.catalog.ProviderFileParser;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A provider as an administrator sends it: what a provider file holds, as JSON, and its OAuth client beside it.
 *
 * @param text the definition as it came, without the client
 */
record ProviderDefinition(Provider provider, String text, ClientChange client) {

    private static final ProviderFileParser PARSER = new ProviderFileParser();

    /** In the environment {@code acme-mcp} would have the client that the operator gave the MCP server of {@code acme}. */
    private static final String OF_AN_MCP_SERVER = "-mcp";

    /**
     * Reads a request by the rules that files are held to.
     *
     * @param key that the definition must have; empty where any will do
     * @throws io.flowmaestro.connections.http.ProblemException 400 naming each field that is wrong
     */
    static ProviderDefinition read(@Nullable JsonNode body, Optional<String> key) {
        if (!(body instanceof ObjectNode request)) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        if (StorableText.isUnstorable(request)) {
            throw RegistryProblem.invalid(
                    List.of(
                            new Violation(
                                    "body",
                                    "must hold no NUL characters, unpaired surrogates or numbers out of range, and at most 32 levels")));
        }
        List<Violation> violations = new ArrayList<>();
        ObjectNode definition = request.deepCopy();
        ClientChange client = ClientChange.read(definition.remove("client"), violations);
        try {
            Provider provider = PARSER.parse("definition", definition);
            check(provider, key, client, violations);
            if (violations.isEmpty()) {
                return new ProviderDefinition(provider, definition.toString(), client);
            }
        } catch (ProviderFileException refused) {
            refused.problems().stream().map(ProviderDefinition::violation).forEach(violations::add);
        }
        throw RegistryProblem.invalid(violations);
    }

    private static void check(
            Provider provider, Optional<String> key, ClientChange client, List<Violation> violations) {
        key.filter(expected -> !expected.equals(provider.key()))
                .ifPresent(expected -> violations.add(new Violation("key", "must be the key in the path")));
        if (provider.key().endsWith(OF_AN_MCP_SERVER)) {
            violations.add(new Violation("key", "must not end in " + OF_AN_MCP_SERVER));
        }
        boolean registers = client instanceof ClientChange.Register || client instanceof ClientChange.Rename;
        if (registers && provider.methods().oauth2() == null) {
            violations.add(new Violation("client", "is of no use without methods.oauth2; leave it out"));
        }
    }

    /** Problems begin with the path of a key. */
    private static Violation violation(String problem) {
        String[] parts = problem.split(": ", 2);
        return parts.length == 2 && !parts[0].contains(" ")
                ? new Violation(parts[0], parts[1])
                : new Violation("body", problem);
    }
}
