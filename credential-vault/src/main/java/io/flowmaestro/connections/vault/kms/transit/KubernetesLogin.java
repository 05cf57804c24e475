package io.flowmaestro.connections.vault.kms.transit;

import io.flowmaestro.connections.vault.kms.KmsAnswer;
import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Logs in as the pod's service account, and again when the token is over. Two logins at once do no harm. */
final class KubernetesLogin implements TransitLogin {

    private final TransitServer server;
    private final TokenFile serviceAccount;
    private final String mount;
    private final String role;
    private final AtomicReference<@Nullable TransitToken> current = new AtomicReference<>();

    KubernetesLogin(TransitServer server, TokenFile serviceAccount, String mount, String role) {
        this.server = server;
        this.serviceAccount = serviceAccount;
        this.mount = mount;
        this.role = role;
    }

    @Override
    public Uni<TransitToken> token() {
        return Uni.createFrom().deferred(() -> {
            var held = current.get();
            return held == null ? login() : Uni.createFrom().item(held);
        });
    }

    @Override
    public Uni<TransitToken> insteadOf(TransitToken refused) {
        return Uni.createFrom().deferred(() -> {
            // Unless another call has logged in again meanwhile.
            current.compareAndSet(refused, null);
            return token();
        });
    }

    private Uni<TransitToken> login() {
        return serviceAccount
                .token()
                .chain(jwt -> server.post(
                        "/v1/auth/%s/login".formatted(mount),
                        new JsonObject().put("role", role).put("jwt", jwt.reveal())))
                .map(this::accepted)
                .invoke(current::set);
    }

    private TransitToken accepted(KmsAnswer answer) {
        return switch (answer.status()) {
            case 200 -> token(answer.json());
            case 400, 401, 403, 404 ->
                throw new KmsFailure(
                        KmsFailure.Kind.REFUSED,
                        ("It refuses the login as VAULT_K8S_ROLE %s at auth/%s (HTTP %d): check that "
                                        + "the role exists and is bound to this pod's service account.")
                                .formatted(role, mount, answer.status()));
            default -> throw answer.failure();
        };
    }

    private static TransitToken token(JsonObject answer) {
        var auth = answer.getValue("auth") instanceof JsonObject object ? object : new JsonObject();
        return TransitToken.of(KmsAnswer.text(auth, "client_token"))
                .orElseThrow(() -> new KmsFailure(
                        KmsFailure.Kind.BAD_ANSWER, "Its answer to the login has a client_token that is none."));
    }
}
