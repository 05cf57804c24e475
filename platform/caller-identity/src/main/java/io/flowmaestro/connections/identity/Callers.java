package io.flowmaestro.connections.identity;

import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Reads the caller from a verified token and the X-On-Behalf-Of headers, and holds the rules between the two. */
@ApplicationScoped
class Callers {

    private static final int LONGEST_ADDRESS = 320;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}<>,;\"@]+@[^\\s\\p{Cntrl}<>,;\"@]+");

    private final IdentityConfig config;

    Callers(IdentityConfig config) {
        this.config = config;
    }

    /**
     * The caller, or empty for one of the suite's services calling for no user where that is allowed.
     *
     * @throws ProblemException 400 when a worker or service names no user, several, or none that is a UUID;
     *     403 when anyone else names one
     */
    Optional<Caller> of(SecurityIdentity identity, List<String> onBehalfOf, boolean userless) {
        var token = (JsonWebToken) identity.getPrincipal();
        if (!identity.hasRole(Roles.WORKER) && !identity.hasRole(Roles.SERVICE)) {
            return Optional.of(ofPerson(token, onBehalfOf));
        }
        boolean mayBeUserless = userless && identity.hasRole(Roles.SERVICE);
        return onBehalfOf.isEmpty() && mayBeUserless
                ? Optional.empty()
                : Optional.of(new Caller(onlyUser(onBehalfOf), claim(token, "sub"), client(token)));
    }

    private Caller ofPerson(JsonWebToken token, List<String> onBehalfOf) {
        if (!onBehalfOf.isEmpty()) {
            throw new ProblemException(
                    FrameworkProblem.ON_BEHALF_OF_FORBIDDEN,
                    "Only workers and the suite's services may send X-On-Behalf-Of. Leave the header out.");
        }
        UUID user = UserId.of(Objects.requireNonNull(token.getIssuer()), claim(token, config.userClaim()));
        return new Caller(user, user.toString(), client(token));
    }

    /** A person's address, unless the identity provider says that nobody has confirmed it. */
    Optional<String> email(SecurityIdentity identity) {
        var token = (JsonWebToken) identity.getPrincipal();
        boolean person = !identity.hasRole(Roles.WORKER) && !identity.hasRole(Roles.SERVICE);
        return person && !"false".equals(text(token, "email_verified"))
                ? Optional.ofNullable(text(token, "email")).filter(Callers::isAddress)
                : Optional.empty();
    }

    private static boolean isAddress(String email) {
        return email.length() <= LONGEST_ADDRESS && ADDRESS.matcher(email).matches();
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
        return client((JsonWebToken) identity.getPrincipal());
    }

    private static String client(JsonWebToken token) {
        return Objects.requireNonNullElseGet(text(token, "azp"), () -> claim(token, "client_id"));
    }

    private static String claim(JsonWebToken token, String name) {
        String value = text(token, name);
        if (value == null || value.isBlank()) {
            throw new ProblemException(
                    FrameworkProblem.UNAUTHORIZED, "The token has no " + name + " claim, which this API needs.");
        }
        return value;
    }

    private static @Nullable String text(JsonWebToken token, String name) {
        Object value = token.getClaim(name);
        return value == null ? null : value.toString();
    }
}
