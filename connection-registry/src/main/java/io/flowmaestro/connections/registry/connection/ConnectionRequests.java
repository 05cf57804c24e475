package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flowmaestro.connections.catalog.Field;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.ConnectionData;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.data.DataReader;
import io.flowmaestro.connections.registry.data.Fields;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.provider.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads request bodies, and refuses them with everything that is wrong at once. */
@ApplicationScoped
public class ConnectionRequests {

    /**
     * What a connection shows besides, all of it written by the suite and much of it without the client's doing: sent back, it says
     * nothing.
     */
    private static final Set<String> OURS = Set.of(
            "status_reason",
            "mcp_tools",
            "mcp_tool_count",
            "capabilities",
            "version",
            "expires_at",
            "last_used_at",
            "last_tested_at",
            "last_test",
            "created_at",
            "updated_at");

    private static final String ANOTHER = "cannot be changed; make a new connection instead";

    private final Providers providers;

    ConnectionRequests(Providers providers) {
        this.providers = providers;
    }

    /** A connection to be made. */
    record Create(String name, ConnectionMethod method, String provider, ConnectionData data, ObjectNode metadata) {}

    /** A connection as far as a test needs it. */
    public record Unsaved(ConnectionMethod method, String provider, ConnectionData data) {}

    /** Changes to a connection; what is null or empty stays as it is. */
    record Update(
            @Nullable String name,
            Optional<ConnectionData> data,
            @Nullable ObjectNode metadata) {
        boolean changesNothing() {
            return changed().isEmpty();
        }

        /** The names of what is changed, as they stand in the request. */
        List<String> changed() {
            List<String> changed = new ArrayList<>();
            if (name != null) {
                changed.add("name");
            }
            if (data.isPresent()) {
                changed.add("data");
            }
            if (metadata != null) {
                changed.add("metadata");
            }
            return changed;
        }
    }

    Create create(@Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        return create(body, violations).orElseThrow(() -> RegistryProblem.invalid(violations));
    }

    /** What is wrong with a body to create with; empty for a good one. */
    public List<Violation> check(@Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        create(body, violations);
        return violations;
    }

    private Optional<Create> create(@Nullable JsonNode body, List<Violation> violations) {
        Fields fields = new Fields(body, "", violations);
        String name = fields.required("name", TextRule.NAME);
        ConnectionMethod method = method(fields);
        String provider = fields.required("provider", TextRule.SLUG_RULE);
        ObjectNode metadata =
                Metadata.merge(Metadata.empty(), Metadata.read(fields.node("metadata"), violations), violations);
        Optional<ConnectionData> data = data(fields, method, provider, violations);
        fields.refuseOthers();
        return method == null || data.isEmpty() || !violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new Create(name, method, provider, data.get(), metadata));
    }

    /** Reads what is to be tested before it is saved: a body to create with, whose name may be missing, or not typed in yet. */
    public Unsaved unsaved(@Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Fields fields = new Fields(body, "", violations);
        if (!isBlank(fields.node("name"))) {
            fields.optional("name", TextRule.NAME);
        }
        ConnectionMethod method = method(fields);
        String provider = fields.required("provider", TextRule.SLUG_RULE);
        Metadata.checkSize(Metadata.read(fields.node("metadata"), violations), violations);
        Optional<ConnectionData> data = data(fields, method, provider, violations);
        fields.refuseOthers();
        if (method == null || data.isEmpty() || !violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new Unsaved(method, provider, data.get());
    }

    private static boolean isBlank(@Nullable JsonNode text) {
        return text != null && text.isTextual() && text.textValue().isBlank();
    }

    /** Takes a whole connection as well, read before and sent back with changes. */
    Update update(Connection current, @Nullable JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        Fields fields = new Fields(body, "", violations);
        String name = fields.optional("name", TextRule.NAME);
        refuseChanges(fields, current);
        fields.passOver(OURS);
        ObjectNode metadata = fields.has("metadata") ? Metadata.read(fields.node("metadata"), violations) : null;
        Optional<ConnectionData> data = fields.has("data")
                ? data(fields, current.connectionMethod(), current.provider(), violations)
                : Optional.empty();
        fields.refuseOthers();
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new Update(name, data, metadata);
    }

    private static @Nullable ConnectionMethod method(Fields fields) {
        String text = fields.required("connection_method", TextRule.text(50));
        ConnectionMethod method = ConnectionMethod.find(text).orElse(null);
        if (method == null && !text.isEmpty()) {
            fields.refuse("connection_method", "must be one of: " + ConnectionMethod.ALLOWED);
        }
        return method;
    }

    private Optional<ConnectionData> data(
            Fields fields, @Nullable ConnectionMethod method, String provider, List<Violation> violations) {
        JsonNode data = fields.node("data");
        if (method == null) {
            return Optional.empty();
        }
        if (data == null) {
            fields.refuse("data", "is required");
            return Optional.empty();
        }
        var offered = providers.find(provider).map(known -> known.methods());
        if (method == ConnectionMethod.OAUTH2
                && offered.filter(methods -> methods.oauth2() != null).isEmpty()) {
            fields.refuse("provider", "is not in the catalogue as an OAuth 2.0 provider; see GET /api/providers");
        }
        List<Field> extra =
                offered.map(methods -> methods.extraFields(method.wire())).orElse(List.of());
        return DataReader.read(method, data, extra, violations);
    }

    /** A client may send back what it got. What it means by something else cannot be had, and must not seem done. */
    private static void refuseChanges(Fields fields, Connection current) {
        refuseChange(fields, "id", current.id().toString(), ANOTHER);
        refuseChange(fields, "connection_method", current.connectionMethod().wire(), ANOTHER);
        refuseChange(fields, "provider", current.provider(), ANOTHER);
        refuseChange(fields, "status", current.status().wire(), "is another now, and cannot be set; leave it out");
        refuseChange(fields, "mcp_server_url", current.mcpServerUrl(), "is changed by data.server_url; leave it out");
    }

    private static void refuseChange(Fields fields, String name, @Nullable String current, String message) {
        JsonNode given = fields.node(name);
        JsonNode shown = current == null ? NullNode.getInstance() : TextNode.valueOf(current);
        if (given != null && !given.equals(shown)) {
            fields.refuse(name, message);
        }
    }
}
