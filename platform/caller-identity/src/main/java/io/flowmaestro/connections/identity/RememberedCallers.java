package io.flowmaestro.connections.identity;

import io.flowmaestro.connections.http.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls with a token that was verified a moment ago, told from the headers alone: for an operation that is called so often
 * that the framework's own steps to the same answer would cost more than the operation.
 */
@Singleton
public class RememberedCallers {

    private static final String SCHEME = "Bearer ";

    private final VerifiedTokens tokens;
    private final Callers callers;
    private final IdentityConfig config;

    RememberedCallers(VerifiedTokens tokens, Callers callers, IdentityConfig config) {
        this.tokens = tokens;
        this.callers = callers;
        this.config = config;
    }

    /**
     * The caller, where there is nothing to object to. Empty where the token is not remembered, and for every request that
     * would be refused: why is for those to say who settle it otherwise.
     *
     * @param headers of the request
     * @param roles of which the caller must have one
     * @param audience that the token must be for
     */
    public Optional<Caller> find(MultiMap headers, Set<String> roles, String audience) {
        var authorization = headers.getAll(HttpHeaders.AUTHORIZATION);
        return authorization.size() == 1 && authorization.getFirst().startsWith(SCHEME)
                ? tokens.remembered(authorization.getFirst().substring(SCHEME.length()))
                        .filter(identity -> !Collections.disjoint(identity.getRoles(), roles)
                                && TokenClaims.of(identity, config).audiences().contains(audience))
                        .flatMap(identity -> caller(identity, headers))
                : Optional.empty();
    }

    private Optional<Caller> caller(SecurityIdentity identity, MultiMap headers) {
        try {
            return callers.of(identity, headers.getAll(CallerFilter.ON_BEHALF_OF), () -> false);
        } catch (ProblemException refused) {
            return Optional.empty();
        }
    }
}
