package io.flowmaestro.connections.oauth.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Seals and opens through the vault. What the vault says of a failure stays here. */
@ApplicationScoped
class VaultSealing implements Sealing {

    private static final Logger LOG = Logger.getLogger(VaultSealing.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CONNECTION_DATA = "connection-data";
    private static final String REFRESH_ANSWER = "refresh-answer";
    private static final String CLIENT_SECRET = "client-secret";
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int UNPROCESSABLE = 422;

    private final VaultClient vault;

    VaultSealing(@RestClient VaultClient vault) {
        this.vault = vault;
    }

    @Override
    public Uni<JsonNode> seal(UUID owner, UUID connection, ObjectNode data) {
        return encrypt(owner, new EncryptRequest(connection, CONNECTION_DATA, base64(data)));
    }

    @Override
    public Uni<ObjectNode> open(UUID owner, UUID connection, JsonNode envelope) {
        return decrypt(owner, new DecryptRequest(connection, CONNECTION_DATA, envelope))
                .map(VaultSealing::parse);
    }

    @Override
    public Uni<JsonNode> sealKey(UUID owner, UUID connection, byte[] key) {
        String plaintext = Base64.getEncoder().encodeToString(key);
        Arrays.fill(key, (byte) 0);
        return encrypt(owner, new EncryptRequest(connection, REFRESH_ANSWER, plaintext));
    }

    @Override
    public Uni<byte[]> openKey(UUID owner, UUID connection, JsonNode envelope) {
        return decrypt(owner, new DecryptRequest(connection, REFRESH_ANSWER, envelope))
                .map(Base64.getDecoder()::decode);
    }

    @Override
    public Uni<String> openClientSecret(UUID keyScope, UUID record, JsonNode envelope) {
        return decrypt(keyScope, new DecryptRequest(record, CLIENT_SECRET, envelope))
                .map(plaintext -> new String(Base64.getDecoder().decode(plaintext), StandardCharsets.UTF_8));
    }

    private Uni<JsonNode> encrypt(UUID owner, EncryptRequest request) {
        return Uni.createFrom()
                .deferred(() -> Detached.call(vault.encrypt(owner, request)))
                .map(answer -> answer.data().envelope())
                .onFailure()
                .transform(VaultSealing::problem);
    }

    private Uni<String> decrypt(UUID owner, DecryptRequest request) {
        return Detached.call(vault.decrypt(owner, request))
                .map(answer -> answer.data().plaintext())
                .onFailure()
                .transform(VaultSealing::problem);
    }

    private static String base64(ObjectNode data) {
        try {
            return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(data));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("connection data is always JSON", impossible);
        }
    }

    /** The bytes are wiped at once; strings stay until they are collected. */
    private static ObjectNode parse(String base64) {
        byte[] plaintext = Base64.getDecoder().decode(base64);
        try {
            if (JSON.readTree(plaintext) instanceof ObjectNode data) {
                return data;
            }
            throw unreadable();
        } catch (IOException notJson) {
            // Its message would quote the plaintext.
            throw unreadable();
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static Throwable problem(Throwable failure) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        if (failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == UNPROCESSABLE) {
            return unreadable();
        }
        LOG.warnf(
                "The credential vault did not answer as it should: %s",
                failure.getClass().getSimpleName());
        return new ProblemException(
                        OAuthProblem.VAULT_UNAVAILABLE,
                        "The credential vault cannot be reached right now. Nothing was changed; try again shortly.")
                .retryAfter(RETRY);
    }

    private static ProblemException unreadable() {
        return new ProblemException(
                OAuthProblem.CREDENTIAL_UNREADABLE,
                "The stored credential of this connection cannot be opened. Reconnect it; if others fail too, tell an operator.");
    }
}
