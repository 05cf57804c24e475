package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.ShownUrl;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.tool.ToolChanges;
import io.flowmaestro.connections.registry.tool.ToolReview;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row, for writes. Columns that no user edits (usage stamps, generated ones) are left to the statements that own them. */
@Entity
@DynamicUpdate
@Table(schema = "registry", name = "connections")
@SuppressWarnings("NullAway.Init") // Hibernate makes it
class ConnectionEntity {

    private static final Duration UNDO = Duration.ofMinutes(10);

    @Id
    UUID id;

    @Column(name = "user_id", updatable = false)
    UUID userId;

    String name;

    @Column(name = "connection_method", updatable = false)
    String connectionMethod;

    @Column(updatable = false)
    String provider;

    String status;

    @Column(name = "status_reason")
    @Nullable
    String statusReason;

    @JdbcTypeCode(SqlTypes.JSON)
    String data;

    @Column(name = "mcp_server_url")
    @Nullable
    String mcpServerUrl;

    /** Hibernate Reactive's JSON type takes objects only, and this is an array: it travels as text. */
    @Column(name = "mcp_tools")
    @ColumnTransformer(read = "jsonb_pretty(mcp_tools)", write = "cast(cast(? as text) as jsonb)")
    @Nullable
    String mcpTools;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "tool_policy")
    @Nullable
    String toolPolicy;

    /** As text too: the JSON type would make doubles of numbers, and the hash counts every digit. */
    @Column(name = "approved_tools")
    @ColumnTransformer(read = "jsonb_pretty(approved_tools)", write = "cast(cast(? as text) as jsonb)")
    @Nullable
    String approvedTools;

    @Column(name = "tools_refreshed_at")
    @Nullable
    Instant toolsRefreshedAt;

    @JdbcTypeCode(SqlTypes.JSON)
    String capabilities;

    @JdbcTypeCode(SqlTypes.JSON)
    String metadata;

    long version;

    @Column(name = "credential_generation")
    long credentialGeneration;

    @Column(name = "credential_attempt_id")
    @Nullable
    UUID credentialAttemptId;

    @Column(name = "expires_at")
    @Nullable
    Instant expiresAt;

    /** Whether a sign-in has brought what it holds: of an MCP connection, that it holds OAuth tokens. */
    @Column(name = "signed_in")
    boolean signedIn;

    @Column(name = "refreshable")
    @Nullable
    Boolean refreshable;

    @Column(name = "refresh_claimed_until")
    @Nullable
    Instant refreshClaimedUntil;

    @Column(name = "last_tested_at")
    @Nullable
    Instant lastTestedAt;

    @Column(name = "last_test_attempt_at")
    @Nullable
    Instant lastTestAttemptAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "last_test")
    @Nullable
    String lastTest;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "deleted_at")
    @Nullable
    Instant deletedAt;

    @Column(name = "purged_at")
    @Nullable
    Instant purgedAt;

    @Embedded
    Revocation revocation = new Revocation();

    /** What is worth knowing about a row that will be gone. */
    Map<String, Object> facts() {
        return Map.of("name", name, "provider", provider, "connection_method", connectionMethod);
    }

    /** Puts a credential in place, the public part of it into the metadata as well. Answers what its server has changed. */
    ToolChanges take(Credential credential, Instant now) {
        data = credential.envelope();
        expiresAt = credential.expiresAt();
        refreshable = credential.refreshable();
        signedIn = false;
        ObjectNode changed = Metadata.parse(metadata);
        changed.set(Metadata.CONFIG, credential.config());
        metadata = changed.toString();
        if (credential.mcp() == null) {
            return ToolChanges.NONE;
        }
        // What is hidden may be what tells two servers apart.
        boolean sameServer = credential.mcp().serverUrl().equals(mcpServerUrl)
                && !ShownUrl.isPartial(credential.mcp().serverUrl());
        mcpServerUrl = credential.mcp().serverUrl();
        return take(credential.mcp().discovered(), sameServer, now);
    }

    /** New data ends every status, what tests found out about the old data, and every refresh of it that is under way. */
    ToolChanges reconnect(Credential credential, Instant now) {
        ToolChanges tools = take(credential, now);
        lastTestedAt = null;
        lastTestAttemptAt = null;
        lastTest = null;
        ObjectNode changed = Metadata.parse(metadata);
        changed.remove(Metadata.ACCOUNT);
        metadata = changed.toString();
        credentialGeneration++;
        credentialAttemptId = null;
        refreshClaimedUntil = null;
        revocation.forget();
        status = ConnectionStatus.ACTIVE.wire();
        statusReason = null;
        return tools;
    }

    /** Refused from now on. The provider is told later, so that it can be taken back for a while. */
    void delete(Instant now) {
        deletedAt = now;
        version++;
        if (isOAuth()) {
            revocation.queue(now.plus(UNDO));
        }
    }

    /** As it was, if nobody has begun to tell the provider; else its tokens may be dead, and only a reconnect helps. */
    void restore() {
        deletedAt = null;
        version++;
        if (!status.equals(ConnectionStatus.REVOKED.wire())) {
            if (revocation.hasBegun()) {
                status = ConnectionStatus.REVOKED.wire();
                statusReason = "Its tokens were revoked at the provider after it was deleted. Reconnect it.";
            } else {
                revocation.forget();
            }
        }
    }

    /** Whether the provider must hear of it before the row can go. */
    boolean outlivesItsPurge() {
        return isOAuth() && !revocation.isOver();
    }

    /** Gone for its owner, and emptied of what is not needed to tell the provider. */
    void purge(Instant now) {
        deletedAt = deletedAt == null ? now : deletedAt;
        purgedAt = now;
        name = provider;
        statusReason = null;
        lastTest = null;
        metadata = "{}";
        revocation.hurry(now);
    }

    /** Only a sign-in ends that; whoever gave the data of another method replaces it. */
    boolean isRevokedGrant() {
        return isOAuth() && status.equals(ConnectionStatus.REVOKED.wire());
    }

    private boolean isOAuth() {
        return connectionMethod.equals(ConnectionMethod.OAUTH2.wire()) || signedIn;
    }

    /** What its server offers now; answers what has changed about that since the last look. */
    ToolChanges take(ToolDiscovery.Discovered discovered, Instant now) {
        return take(discovered, true, now);
    }

    private ToolChanges take(ToolDiscovery.Discovered discovered, boolean sameServer, Instant now) {
        boolean known = sameServer && mcpTools != null;
        ToolReview before = review();
        ToolReview after =
                known ? before.relisted(discovered.tools()) : ToolReview.first(discovered.tools(), before.policy());
        keep(after);
        mcpTools = discovered.tools().toString();
        toolsRefreshedAt = now;
        capabilities = discovered.capabilities().toString();
        ObjectNode changed = Metadata.parse(metadata);
        changed.set(Metadata.SERVER_INFO, discovered.serverInfo());
        metadata = changed.toString();
        return before.changesTo(after);
    }

    ToolReview review() {
        return ToolReview.stored(mcpTools, approvedTools, toolPolicy);
    }

    /** What is decided about the tools; what the server offers stays. */
    void keep(ToolReview review) {
        approvedTools = review.storedApproved();
        toolPolicy = review.storedPolicy();
    }
}
