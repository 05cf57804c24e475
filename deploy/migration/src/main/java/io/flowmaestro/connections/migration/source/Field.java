package io.flowmaestro.connections.migration.source;

import java.util.List;

/** What a row tells, and the names under which columns are known to hold it, the first that is there counting. */
public enum Field {
    ID(Kind.ID, "id"),
    USER(Kind.TEXT, "user_id", "owner_id"),
    NAME(Kind.TEXT, "name", "title"),
    METHOD(Kind.TEXT, "connection_method", "auth_type", "credential_type", "type"),
    PROVIDER(Kind.TEXT, "provider", "service", "service_name"),
    ENVELOPE(Kind.JSON, "encrypted_data", "encrypted_credentials", "data", "credentials"),
    /** Of an integration: the row that holds its secret. */
    CREDENTIAL(Kind.TEXT, "credential_id"),
    STATUS(Kind.TEXT, "status"),
    ENABLED(Kind.BOOLEAN, "enabled", "is_active"),
    METADATA(Kind.JSON, "metadata"),
    CONFIG(Kind.JSON, "config"),
    MCP_SERVER_URL(Kind.TEXT, "mcp_server_url"),
    MCP_TOOLS(Kind.JSON, "mcp_tools"),
    CAPABILITIES(Kind.JSON, "capabilities"),
    LAST_USED_AT(Kind.TIME, "last_used_at"),
    LAST_TESTED_AT(Kind.TIME, "last_tested_at"),
    CREATED_AT(Kind.TIME, "created_at"),
    UPDATED_AT(Kind.TIME, "updated_at"),
    DELETED_AT(Kind.TIME, "deleted_at");

    private final Kind kind;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> columns;

    Field(Kind kind, String... columns) {
        this.kind = kind;
        this.columns = List.of(columns);
    }

    Kind kind() {
        return kind;
    }

    List<String> columns() {
        return columns;
    }

    /** The columns that would do, for a message. */
    String wanted() {
        return String.join(" or ", columns);
    }
}
