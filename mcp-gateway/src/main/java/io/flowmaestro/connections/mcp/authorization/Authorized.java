package io.flowmaestro.connections.mcp.authorization;

import io.flowmaestro.connections.challenge.BearerChallenge;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What follows when a server does not take a token: a 401 has the token renewed, unless that was done since, and the one
 * request that met it made once more, which is safe, since the server has not carried it out. A 403 may say which scopes are
 * missing.
 */
public final class Authorized {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private Authorized() {}

    /**
     * The answer to a request, or to the second one. Fails while it cannot be told whether there is another token.
     *
     * @param request makes it with these headers, which are the server's of that moment
     */
    public static Uni<EgressStream> call(McpServer server, Function<Map<String, String>, Uni<EgressStream>> request) {
        return Uni.createFrom().deferred(() -> {
            var sent = server.headers();
            return request.apply(sent).chain(answer -> answered(server, sent, answer, request));
        });
    }

    private static Uni<EgressStream> answered(
            McpServer server,
            Map<String, String> sent,
            EgressStream answer,
            Function<Map<String, String>, Uni<EgressStream>> request) {
        if (answer.status() != UNAUTHORIZED) {
            return Uni.createFrom().item(sufficient(server, answer));
        }
        answer.close();
        return server.hasOthersThan(sent)
                .chain(others -> others
                        ? request.apply(server.headers()).map(second -> sufficient(server, second))
                        : Uni.createFrom().item(answer));
    }

    /** Where the token has all that is wanted already, more of the same would not help: then it is refused, and no more. */
    private static EgressStream sufficient(McpServer server, EgressStream answer) {
        if (answer.status() == FORBIDDEN) {
            missing(answer)
                    .filter(challenge -> !server.scopes().containsAll(challenge.scopes()))
                    .ifPresent(challenge -> {
                        answer.close();
                        throw new McpFailure(new Reason.ScopesMissing(challenge.scopes()));
                    });
        }
        return answer;
    }

    private static Optional<BearerChallenge> missing(EgressStream answer) {
        return BearerChallenge.of(answer.headers().getAll("WWW-Authenticate"))
                .filter(BearerChallenge::wantsMoreScopes)
                .filter(challenge -> !challenge.scopes().isEmpty());
    }
}
