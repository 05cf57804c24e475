package io.flowmaestro.connections.identity;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * What the suite wants to know of a verified token. A claim that is missing is missed by whoever needs it.
 *
 * @param acts whether it is of a worker or of one of the suite's services, who act for users
 * @param service whether it is of one of the suite's services
 * @param subject {@code sub}
 * @param user whose rows a person's own calls touch, from the claim that identifies users
 * @param client {@code azp}, else {@code client_id}
 * @param email a person's address, unless the identity provider says that nobody has confirmed it
 * @param audiences {@code aud}
 */
record TokenClaims(
        boolean acts,
        boolean service,
        @Nullable String subject,
        @Nullable UUID user,
        @Nullable String client,
        Optional<String> email,
        Set<String> audiences) {

    static final String ATTRIBUTE = TokenClaims.class.getName();

    private static final int LONGEST_ADDRESS = 320;
    private static final Pattern ADDRESS = Pattern.compile("[^\\s\\p{Cntrl}<>,;\"@]+@[^\\s\\p{Cntrl}<>,;\"@]+");

    /** Reads them, where they were not read when the token was verified. */
    static TokenClaims of(SecurityIdentity identity, IdentityConfig config) {
        TokenClaims known = identity.getAttribute(ATTRIBUTE);
        return known != null ? known : read(identity, (JsonWebToken) identity.getPrincipal(), config);
    }

    private static TokenClaims read(SecurityIdentity identity, JsonWebToken token, IdentityConfig config) {
        boolean service = identity.hasRole(Roles.SERVICE);
        boolean acts = service || identity.hasRole(Roles.WORKER);
        return new TokenClaims(
                acts,
                service,
                text(token, "sub"),
                acts ? null : user(token, text(token, config.userClaim())),
                client(token),
                acts ? Optional.empty() : email(token),
                Set.copyOf(Objects.requireNonNullElse(token.getAudience(), Set.of())));
    }

    private static @Nullable UUID user(JsonWebToken token, @Nullable String claim) {
        return claim == null || token.getIssuer() == null ? null : UserId.of(token.getIssuer(), claim);
    }

    private static @Nullable String client(JsonWebToken token) {
        var authorized = text(token, "azp");
        return authorized != null ? authorized : text(token, "client_id");
    }

    private static Optional<String> email(JsonWebToken token) {
        return "false".equals(text(token, "email_verified"))
                ? Optional.empty()
                : Optional.ofNullable(text(token, "email")).filter(TokenClaims::isAddress);
    }

    private static boolean isAddress(String email) {
        return email.length() <= LONGEST_ADDRESS && ADDRESS.matcher(email).matches();
    }

    /** A blank one says nothing. */
    private static @Nullable String text(JsonWebToken token, String name) {
        Object value = token.getClaim(name);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }
}
