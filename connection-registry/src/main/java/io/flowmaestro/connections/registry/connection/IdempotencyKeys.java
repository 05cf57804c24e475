package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were sent with an Idempotency-Key in the last 24 hours, and what they made. A user has one set of keys
 * for all operations: a key that is used for another one is found out by the body.
 */
@ApplicationScoped
public class IdempotencyKeys {

    private static final String FIND =
            "select request, connection_id from registry.idempotency_keys where user_id = $1 and key = $2";

    private static final String CLAIM = """
            insert into registry.idempotency_keys (user_id, key, request, connection_id) values (?1, ?2, ?3, ?4)
            on conflict do nothing""";

    /** The same in PostgreSQL's own way of writing parameters, which Hibernate does not take. */
    private static final String CLAIM_PLAINLY = CLAIM.replace('?', '$');

    private final UserTransactions transactions;
    private final byte[] hashKey;

    IdempotencyKeys(UserTransactions transactions, ServiceIdentity identity) {
        this.transactions = transactions;
        this.hashKey =
                ("connection-registry idempotency " + identity.secret().orElse("")).getBytes(StandardCharsets.UTF_8);
    }

    /** Bodies hold secrets, some of them easy to guess: only a hash under a key that no dump contains is kept. */
    public IdempotencyKey of(UUID user, String key, @Nullable JsonNode body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(hashKey, "HmacSHA256"));
            mac.update((user + "\0" + key + "\0").getBytes(StandardCharsets.UTF_8));
            byte[] hash = mac.doFinal(String.valueOf(body).getBytes(StandardCharsets.UTF_8));
            return new IdempotencyKey(user, key, HexFormat.of().formatHex(hash));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What an earlier request with the key made; 422 if that request had another body. */
    public Uni<Optional<UUID>> find(IdempotencyKey key) {
        return transactions
                .run(key.user(), sql -> sql.preparedQuery(FIND).execute(Tuple.of(key.user(), key.key())))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    var row = rows.iterator().next();
                    if (!key.request().equals(row.getString("request"))) {
                        throw new ProblemException(
                                RegistryProblem.IDEMPOTENCY_KEY_REUSED,
                                "The Idempotency-Key was used for another request. Use a new key for each new request.");
                    }
                    return Optional.of(row.getUUID("connection_id"));
                });
    }

    /** In the transaction that makes the connection: whoever has the same key in hand is waited for, and wins. */
    static Uni<Boolean> claim(Mutiny.Session session, IdempotencyKey key, UUID connection) {
        return session.createNativeQuery(CLAIM)
                .setParameter(1, key.user())
                .setParameter(2, key.key())
                .setParameter(3, key.request())
                .setParameter(4, connection)
                .executeUpdate()
                .map(rows -> rows == 1);
    }

    /** The same for what is made without Hibernate. */
    public static Uni<Boolean> claim(SqlConnection sql, IdempotencyKey key, UUID made) {
        return sql.preparedQuery(CLAIM_PLAINLY)
                .execute(Tuple.of(key.user(), key.key(), key.request(), made))
                .map(rows -> rows.rowCount() == 1);
    }
}
