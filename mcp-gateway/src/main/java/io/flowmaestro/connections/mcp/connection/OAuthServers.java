package io.flowmaestro.connections.mcp.connection;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.mcp.authorization.AccessTokens;
import io.flowmaestro.connections.mcp.authorization.NotRenewable;
import io.flowmaestro.connections.mcp.upstream.AccessToken;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.flowmaestro.connections.mcp.upstream.ServerForm;
import io.flowmaestro.connections.mcp.upstream.ServerForms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Servers with a token that is good now, and that can be renewed when the server does not take it. */
@ApplicationScoped
class OAuthServers {

    /** A token that ends within a call is as good as ended; the broker renews tokens long before that. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final AccessTokens tokens;
    private final ServerForms forms;
    private final Clock clock;

    OAuthServers(AccessTokens tokens, ServerForms forms, Clock clock) {
        this.tokens = tokens;
        this.forms = forms;
        this.clock = clock;
    }

    /** @param version of the credential that the form was opened from */
    Uni<McpServer> of(UUID user, UUID connection, long version, ServerForm form) {
        return token(user, connection, version, form)
                .map(token -> forms.read(form.with(token)).renewedBy(() -> another(user, connection, token)));
    }

    private Uni<Optional<AccessToken>> another(UUID user, UUID connection, AccessToken refused) {
        return tokens.afterRefusal(user, connection, refused.version())
                .map(Optional::of)
                .onFailure(NotRenewable.class)
                .recoverWithItem(Optional::empty);
    }

    /** Of the token in the form; one that is renewed makes another credential of it. */
    static Instant usableUntil(ServerForm form) {
        var ends = ends(form);
        return form.isOAuth() && ends.isBefore(Instant.MAX) ? ends.minus(MARGIN) : Instant.MAX;
    }

    private static Instant ends(ServerForm form) {
        return form.expiresAt() == null ? Instant.MAX : Instant.ofEpochMilli(form.expiresAt());
    }

    private Uni<AccessToken> token(UUID user, UUID connection, long version, ServerForm form) {
        Instant now = clock.instant();
        if (form.accessToken() == null || now.isBefore(usableUntil(form))) {
            return Uni.createFrom().item(form.token(version));
        }
        return tokens.usable(user, connection)
                .onFailure(ProblemException.class)
                .recoverWithUni(failure -> now.isBefore(ends(form))
                        ? Uni.createFrom().item(form.token(version))
                        : Uni.createFrom().failure(failure));
    }
}
