package io.flowmaestro.connections.registry.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.ShownUrl;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.data.Fields;
import io.flowmaestro.connections.registry.data.Moments;
import io.flowmaestro.connections.registry.data.ShownConfig;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.data.UrlRule;
import io.flowmaestro.connections.registry.data.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of an older system, as far as it can be read without opening its secret. */
record ImportedConnection(
        UUID id,
        UUID user,
        String name,
        ConnectionMethod method,
        String provider,
        ConnectionStatus status,
        JsonNode legacyEnvelope,
        @Nullable String mcpServerUrl,
        @Nullable ArrayNode mcpTools,
        ObjectNode capabilities,
        ObjectNode metadata,
        @Nullable Instant lastUsedAt,
        @Nullable Instant lastTestedAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    /** A row that was read, or what is wrong with it. */
    sealed interface Read {
        /**
         * A row that cannot be taken.
         *
         * @param id as it was sent, for the report
         */
        record Refused(@Nullable String id, String detail) implements Read {}

        record Fine(ImportedConnection connection) implements Read {}
    }

    static Read read(@Nullable JsonNode row) {
        return new Reader(row).read();
    }

    @Override
    public String toString() {
        return "ImportedConnection[%s]".formatted(id);
    }

    /** Reads the fields of one row. */
    private static final class Reader {

        private static final int LARGEST_JSON = 1 << 18;

        private final List<Violation> violations = new ArrayList<>();
        private final @Nullable JsonNode row;
        private final Fields fields;

        Reader(@Nullable JsonNode row) {
            this.row = row;
            this.fields = new Fields(row, "", violations);
        }

        Read read() {
            UUID id = uuid("id");
            UUID user = uuid("user_id");
            String name = fields.required("name", TextRule.NAME);
            ConnectionMethod method = ConnectionMethod.find(fields.required("connection_method", TextRule.text(50)))
                    .orElse(null);
            if (method == null) {
                fields.refuse("connection_method", "must be one of: " + ConnectionMethod.ALLOWED);
            }
            String provider = fields.required("provider", TextRule.SLUG_RULE);
            ConnectionStatus status = status();
            JsonNode envelope = fields.node("legacy_envelope");
            if (envelope == null || envelope.isNull()) {
                fields.refuse("legacy_envelope", "is required");
            }
            String serverUrl = present("mcp_server_url") ? fields.optional("mcp_server_url", UrlRule.MCP) : null;
            if (method == ConnectionMethod.MCP && serverUrl == null) {
                fields.refuse("mcp_server_url", "is required for method mcp");
            }
            ArrayNode tools = tools();
            ObjectNode capabilities = object("capabilities");
            ObjectNode metadata = ShownConfig.in(object("metadata"));
            Instant lastUsed = moment("last_used_at");
            Instant lastTested = moment("last_tested_at");
            Instant created = moment("created_at");
            Instant updated = moment("updated_at");
            Instant deleted = moment("deleted_at");
            if (created == null) {
                fields.refuse("created_at", "is required");
            }
            fields.refuseOthers();
            if (!violations.isEmpty()
                    || id == null
                    || user == null
                    || method == null
                    || envelope == null
                    || created == null) {
                return new Read.Refused(sentId(), detail());
            }
            return new Read.Fine(new ImportedConnection(
                    id,
                    user,
                    name,
                    method,
                    provider,
                    status,
                    envelope,
                    serverUrl == null ? null : ShownUrl.of(serverUrl),
                    tools,
                    capabilities,
                    metadata,
                    lastUsed,
                    lastTested,
                    created,
                    updated == null ? created : updated,
                    deleted));
        }

        private @Nullable String sentId() {
            return row == null
                    ? null
                    : Uuids.find(row.path("id").textValue()).map(UUID::toString).orElse(null);
        }

        private String detail() {
            List<String> parts = violations.stream()
                    .limit(5)
                    .map(violation -> violation.field() + " " + violation.message())
                    .toList();
            return String.join("; ", parts);
        }

        /** JSON's null is an absent field: the rows come from columns. */
        private boolean present(String name) {
            JsonNode value = fields.node(name);
            return value != null && !value.isNull();
        }

        private @Nullable UUID uuid(String name) {
            JsonNode value = fields.node(name);
            UUID uuid = Uuids.find(value == null ? null : value.textValue()).orElse(null);
            if (uuid == null) {
                fields.refuse(name, "must be a UUID");
            }
            return uuid;
        }

        private ConnectionStatus status() {
            if (!present("status")) {
                return ConnectionStatus.ACTIVE;
            }
            ConnectionStatus status = ConnectionStatus.find(fields.required("status", TextRule.text(50)))
                    .orElse(null);
            if (status == null) {
                fields.refuse("status", "must be one of: " + ConnectionStatus.ALLOWED);
            }
            return status == null ? ConnectionStatus.ACTIVE : status;
        }

        private @Nullable ArrayNode tools() {
            if (!present("mcp_tools")) {
                return null;
            }
            if (fields.node("mcp_tools") instanceof ArrayNode tools && isStorable(tools)) {
                return tools;
            }
            fields.refuse("mcp_tools", "must be a JSON array of at most 256 KiB without NUL characters");
            return null;
        }

        private ObjectNode object(String name) {
            if (present(name) && !(fields.node(name) instanceof ObjectNode given && isStorable(given))) {
                fields.refuse(name, "must be a JSON object of at most 256 KiB without NUL characters");
            }
            return fields.node(name) instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
        }

        private static boolean isStorable(JsonNode node) {
            return !StorableText.isUnstorable(node) && node.toString().length() <= LARGEST_JSON;
        }

        private @Nullable Instant moment(String name) {
            JsonNode value = fields.node(name);
            if (value == null || value.isNull()) {
                return null;
            }
            Instant moment = Moments.find(value.textValue()).orElse(null);
            if (moment == null) {
                fields.refuse(name, Moments.RULE);
            }
            return moment;
        }
    }
}
