package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.worker.Calls.Call;
import io.flowmaestro.connections.worker.CredentialMemory.Place;
import io.flowmaestro.connections.worker.CredentialMemory.Wanted;
import io.flowmaestro.connections.worker.Retries.Repeat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The connections of one user. Every method may throw a {@link ConnectionsException}. */
public final class UserConnections {

    private final UUID user;
    private final Endpoints endpoints;
    private final Calls calls;
    private final CredentialMemory memory;

    UserConnections(UUID user, Endpoints endpoints, Calls calls, CredentialMemory memory) {
        this.user = user;
        this.endpoints = endpoints;
        this.calls = calls;
        this.memory = memory;
    }

    /** An access token of an OAuth 2.0 connection that works now; the broker has renewed it if that was due. */
    public String getAccessToken(UUID connection, String... scopes) {
        Credential credential = getCredential(connection, scopes);
        if (credential instanceof Credential.OAuth2 oauth) {
            return oauth.accessToken().reveal();
        }
        throw new WrongCredentialException(credential);
    }

    /**
     * A credential of any kind that works now. It is remembered for a short time, so ask each time it is needed and keep it
     * nowhere else.
     *
     * @param scopes that an OAuth token must have, else 403 {@code insufficient-scope}; for other kinds leave them out
     */
    public Credential getCredential(UUID connection, String... scopes) {
        Wanted wanted = new Wanted(new Place(user, connection), Set.of(scopes));
        return memory.obtain(wanted, () -> ask(connection, wanted.scopes()));
    }

    /**
     * Reports that the provider did not take a credential (HTTP 401, or what else it says so with). It is forgotten here; the broker
     * renews it, or tests what cannot be renewed. Then ask for the credential again, and try once more.
     */
    public Refusal refused(Credential credential) {
        return report(credential.connectionId(), credential.issued().version());
    }

    /** The same for a token of {@link #getAccessToken}. */
    public Refusal refused(UUID connection, String accessToken) {
        Credential current = memory.known(new Place(user, connection)).orElseGet(() -> ask(connection, Set.of()));
        return current instanceof Credential.OAuth2 oauth && oauth.accessToken().is(accessToken)
                ? refused(current)
                : Refusal.SUPERSEDED;
    }

    /**
     * Calls a tool of an MCP connection, once: it is made again only when the answer says that nothing ran. What the owner has
     * decided about the connection's tools holds.
     *
     * @param parameters by name: texts, numbers, booleans, lists and maps of these
     */
    public ToolResult executeTool(UUID connection, String tool, Map<String, ?> parameters) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("tool", tool);
        body.set("parameters", Json.MAPPER.valueToTree(parameters));
        JsonNode data = calls.data(
                new Call(endpoints.tool(connection), user, body, endpoints.toolTimeout(), Repeat.IF_NOTHING_RAN));
        return new ToolResult(data.path("text").asText(), data.path("isError").asBoolean(), data);
    }

    private Credential ask(UUID connection, Set<String> scopes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!scopes.isEmpty()) {
            scopes.stream().sorted().forEach(body.putArray("scopes")::add);
        }
        return CredentialReader.read(
                connection,
                calls.data(new Call(endpoints.credential(connection), user, body, endpoints.timeout(), Repeat.FREELY)));
    }

    /** Forgotten before, for those who come meanwhile; and after, since the old one is handed out until the new one is there. */
    private Refusal report(UUID connection, long version) {
        Place place = new Place(user, connection);
        memory.forget(place);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("credential_version", version);
        JsonNode data =
                calls.data(new Call(endpoints.refused(connection), user, body, endpoints.timeout(), Repeat.FREELY));
        memory.forget(place);
        return outcome(data.path("outcome").asText())
                .orElseThrow(() -> new UnexpectedAnswerException(
                        "The broker answered a report with an outcome that this library does not know. Use a"
                                + " newer one."));
    }

    private static Optional<Refusal> outcome(String name) {
        for (Refusal refusal : Refusal.values()) {
            if (refusal.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }
}
