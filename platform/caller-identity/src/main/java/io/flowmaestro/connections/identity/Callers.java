package io.flowmaestro.connections.identity;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Tells the caller from a verified token and the X-On-Behalf-Of headers, and holds the rules between the two. */
@Singleton
class Callers {

    private final IdentityConfig config;

    Callers(IdentityConfig config) {
        this.config = config;
    }

    /**
     * The caller, or empty for one of the suite's services calling for no user where that is allowed.
     *
     * @param userless whether it is allowed here
     * @throws ProblemException 400 when a worker or service names no user, several, or none that is a UUID;
     *     403 when anyone else names one
     */
    Optional<Caller> of(SecurityIdentity identity, List<String> onBehalfOf, BooleanSupplier userless) {
        var token = TokenClaims.of(identity, config);
        if (!token.acts()) {
            return Optional.of(ofPerson(token, onBehalfOf));
        }
        return onBehalfOf.isEmpty() && token.service() && userless.getAsBoolean()
                ? Optional.empty()
                : Optional.of(new Caller(onlyUser(onBehalfOf), claimed(token.subject(), "sub"), client(token)));
    }

    private Caller ofPerson(TokenClaims token, List<String> onBehalfOf) {
        if (!onBehalfOf.isEmpty()) {
            throw new ProblemException(
                    FrameworkProblem.ON_BEHALF_OF_FORBIDDEN,
                    "Only workers and the suite's services may send X-On-Behalf-Of. Leave the header out.");
        }
        UUID user = claimed(token.user(), config.userClaim());
        return new Caller(user, user.toString(), client(token));
    }

    /** A person's address, unless the identity provider says that nobody has confirmed it. */
    Optional<String> email(SecurityIdentity identity) {
        return TokenClaims.of(identity, config).email();
    }

    private static UUID onlyUser(List<String> onBehalfOf) {
        if (onBehalfOf.size() == 1 && UserId.isCanonical(onBehalfOf.getFirst())) {
            return UUID.fromString(onBehalfOf.getFirst());
        }
        throw new ProblemException(
                FrameworkProblem.ON_BEHALF_OF_REQUIRED,
                "Name the user to act for, a UUID, in exactly one X-On-Behalf-Of header.");
    }

    /** The OAuth client of a token, whoever it is for. */
    String client(SecurityIdentity identity) {
        return client(TokenClaims.of(identity, config));
    }

    private static String client(TokenClaims token) {
        return claimed(token.client(), "client_id");
    }

    private static <T> T claimed(@Nullable T value, String name) {
        if (value == null) {
            throw new ProblemException(
                    FrameworkProblem.UNAUTHORIZED, "The token has no " + name + " claim, which this API needs.");
        }
        return value;
    }
}
