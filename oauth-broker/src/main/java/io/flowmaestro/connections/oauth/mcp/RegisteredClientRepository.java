package io.flowmaestro.connections.oauth.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The clients that we have registered (RFC 7591): one for each user, issuer and redirect URI. What one user's flows do to
 * a client, getting it blocked included, is felt by nobody else.
 */
@ApplicationScoped
class RegisteredClientRepository {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** A secret that is about to end is worth no flow. */
    private static final String FIND = """
            select id, envelope::text as envelope from oauth.mcp_clients
             where user_id = $1 and issuer = $2 and redirect_uri = $3
               and (secret_expires_at is null or secret_expires_at > now() + interval '1 hour')
            """;

    private static final String STORE = """
            insert into oauth.mcp_clients (id, user_id, issuer, redirect_uri, client_id, envelope, secret_expires_at)
            values ($1, $2, $3, $4, $5, $6::text::jsonb, $7)
            on conflict (user_id, issuer, redirect_uri) do update
               set id = excluded.id, client_id = excluded.client_id, envelope = excluded.envelope,
                   secret_expires_at = excluded.secret_expires_at, registered_at = now()
            """;
    /** Only the one that was refused: another flow may have registered anew already. */
    private static final String FORGET =
            "delete from oauth.mcp_clients where user_id = $1 and issuer = $2 and client_id = $3";

    private final UserTransactions transactions;

    RegisteredClientRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    Uni<Optional<RegisteredClient>> find(UUID user, String issuer, String redirectUri) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(FIND)
                        .execute(Tuple.of(user, issuer, redirectUri))
                        .map(rows -> rows.stream()
                                .map(RegisteredClientRepository::client)
                                .findFirst()));
    }

    Uni<Void> store(
            UUID user,
            String issuer,
            String redirectUri,
            String clientId,
            RegisteredClient client,
            @Nullable Instant secretExpiresAt) {
        var row = Tuple.tuple()
                .addUUID(client.id())
                .addUUID(user)
                .addString(issuer)
                .addString(redirectUri)
                .addString(clientId)
                .addString(client.envelope().toString())
                .addOffsetDateTime(secretExpiresAt == null ? null : secretExpiresAt.atOffset(ZoneOffset.UTC));
        return transactions.run(
                user, sql -> sql.preparedQuery(STORE).execute(row).replaceWithVoid());
    }

    Uni<Void> forget(UUID user, String issuer, String clientId) {
        return transactions.run(
                user,
                sql -> sql.preparedQuery(FORGET)
                        .execute(Tuple.of(user, issuer, clientId))
                        .replaceWithVoid());
    }

    private static RegisteredClient client(Row row) {
        return new RegisteredClient(row.getUUID("id"), parse(row.getString("envelope")));
    }

    private static JsonNode parse(String envelope) {
        try {
            return JSON.readTree(envelope);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("PostgreSQL gives JSON for jsonb", impossible);
        }
    }
}
